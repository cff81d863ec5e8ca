package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Handshake;
import io.github.maintainkubeusers.certificates.HandshakeException;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.directory.LdapServer;
import io.github.maintainkubeusers.directory.LdapSettings;
import io.github.maintainkubeusers.directory.TransportSecurity;
import java.util.List;

/** Looks at what the LDAP servers of the connection file show, where they speak TLS. */
record LdapServerCheck(ServerInspection servers, LdapSettings ldap) {
  List<CertificateReport> check() {
    List<LdapServer> secured =
        ldap.servers().stream()
            .filter(server -> server.security() != TransportSecurity.NONE)
            .toList();
    if (secured.isEmpty()) {
      return List.of();
    }
    Trust trust = trust();
    return ServerInspection.SIDE_BY_SIDE.map(
        secured,
        server ->
            servers.inspect(
                new ServerInspection.Question(
                    CertificateKind.LDAP,
                    server.toString(),
                    new InspectTarget.Server(server.host(), server.port()),
                    server.host(),
                    server.security() == TransportSecurity.STARTTLS
                        ? Handshake.Prelude.LDAP_STARTTLS
                        : Handshake.Prelude.NONE),
                Expectation.of(
                        Purpose.SERVER,
                        trust,
                        "renew it on the LDAP server: without it, no pass runs")
                    .of(server.host())));
  }

  private Trust trust() {
    try {
      CaBundle bundle =
          ldap.trustedCa().isPresent()
              ? CaBundle.parse(BoundedFile.read(ldap.trustedCa().get()))
              : CaBundle.of(Handshake.systemAuthorities());
      return new Trust.Authorities(
          "the CAs that the connection file trusts",
          bundle,
          "name the CA of the LDAP server in the connection file");
    } catch (InputException | CredentialException | HandshakeException e) {
      return new Trust.Unreadable(e.getMessage(), "correct the connection file");
    }
  }
}
