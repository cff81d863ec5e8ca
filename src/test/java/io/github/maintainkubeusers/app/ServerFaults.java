package io.github.maintainkubeusers.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Handshake;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.Renewed;
import io.github.maintainkubeusers.cluster.CalledService;
import io.github.maintainkubeusers.cluster.ServerAddress;
import io.github.maintainkubeusers.cluster.ServicePods;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.directory.LdapServer;
import io.github.maintainkubeusers.directory.LdapSettings;
import io.github.maintainkubeusers.directory.TransportSecurity;
import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.FreePorts;
import io.github.maintainkubeusers.testing.TlsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Faults of servers: two of them, by two CAs, and nothing where the cluster's names would lead. */
final class ServerFaults implements AutoCloseable {
  private static final String NOWHERE = "nowhere.invalid";
  private static final Duration DAY = Duration.ofDays(1);

  private final Instant now = InstantSource.system().instant();
  private final ServerInspection servers =
      new ServerInspection(
          new Examiner(now, Duration.ofDays(30)), new Handshake(Duration.ofSeconds(10)));
  private final Path folder;
  private final Authority authority;
  private final Authority other;
  private final TlsServer service;
  private final TlsServer stranger;

  ServerFaults(Path folder) {
    this.folder = folder;
    authority = Authority.create(folder, "ca").issue("service", "CN=service");
    other = Authority.create(folder, "other").issue("stranger", "CN=stranger");
    service = TlsServer.start("127.0.0.1", folder, "service", false);
    stranger = TlsServer.start("127.0.0.1", folder, "stranger", false);
  }

  Stream<SeededFault> all() throws IOException {
    return Stream.concat(called(), Stream.of(renewed(), ldap(), unreachable()));
  }

  private Stream<SeededFault> called() {
    var stale = TestingAuthority.root("CN=stale", now.minus(DAY.multipliedBy(900)), now.minus(DAY));
    ServicePods none = new ServicePods(Set.of(), Map.of());
    return Stream.of(
        webhook("caBundle of another CA", called(pem(other), "localhost"), Optional.empty()),
        webhook("caBundle empty", called(new byte[0], "localhost"), Optional.empty()),
        webhook(
            "caBundle garbage",
            called("rubbish".getBytes(US_ASCII), "localhost"),
            Optional.empty()),
        webhook("caBundle stale", called(stale.certificate(), NOWHERE), Optional.empty()),
        webhook(
            "caBundle that could not be compared",
            called(pem(authority), NOWHERE),
            Optional.empty()),
        webhook("no pod of a webhook is ready", called(pem(authority), NOWHERE), Optional.of(none)),
        webhook(
            "no pod of a webhook that may fail is ready",
            new CalledService(
                "check.example.org",
                "example",
                Optional.of(new ServerAddress(NOWHERE, NOWHERE, 443)),
                pem(authority),
                true,
                false,
                Optional.empty()),
            Optional.of(none)),
        webhook(
            "pods show different certificates",
            called(pem(authority), "localhost"),
            Optional.of(pods(service.port(), stranger.port()))),
        apiService(
            "an APIService is unavailable", true, Optional.of("MissingEndpoints: none is ready")),
        apiService("an APIService is not verified", false, Optional.empty()));
  }

  private SeededFault webhook(String name, CalledService called, Optional<ServicePods> pods) {
    return SeededFault.of(
        name, new CalledServiceCheck(servers, pods).check(CertificateKind.WEBHOOK, called));
  }

  private SeededFault apiService(String name, boolean verifies, Optional<String> unavailable) {
    var called =
        new CalledService(
            "v1.example.org",
            "apiservices v1.example.org",
            Optional.of(new ServerAddress("localhost", "localhost", service.port())),
            verifies ? pem(authority) : new byte[0],
            verifies,
            true,
            unavailable);
    return SeededFault.of(
        name,
        new CalledServiceCheck(servers, Optional.empty())
            .check(CertificateKind.APISERVICE, called));
  }

  /** The certificate on disk is newer by a minute. */
  private SeededFault renewed() throws IOException {
    Path pki = Files.createDirectory(folder.resolve("pki"));
    Files.copy(authority.certificate(), pki.resolve("ca.crt"));
    authority.renew(pki, "service", "CN=service", Duration.ofMinutes(1));
    var files = new FileInspection(servers.examiner(), Optional.empty());
    List<CertificateReport> stored =
        new PkiFolder(pki, files).check(new KubeconfigInspection(files, servers));
    List<CertificateReport> served =
        new CalledServiceCheck(servers, Optional.empty())
            .check(CertificateKind.WEBHOOK, called(pem(authority), "localhost"));
    return SeededFault.of(
        "served differs from stored",
        Renewed.compare(Stream.of(stored, served).flatMap(List::stream).toList()));
  }

  private SeededFault ldap() {
    var late = new Examiner(now, Duration.ofDays(36_500));
    var server = new LdapServer("localhost", service.port(), TransportSecurity.LDAPS);
    return SeededFault.of(
        "the certificate of an LDAP server ends",
        new LdapServerCheck(
                new ServerInspection(late, servers.handshake()),
                LdapSettings.of(List.of(server), Optional.empty())
                    .withTrustedCa(authority.certificate()))
            .check());
  }

  private SeededFault unreachable() {
    return SeededFault.of(
        "a server that cannot be reached",
        servers.inspect(
            CertificateKind.SERVER,
            new InspectTarget.Server("127.0.0.1", FreePorts.next()),
            SeededCertificates.expected(Purpose.SERVER, SeededCertificates.CA)));
  }

  private CalledService called(byte[] bundle, String host) {
    return new CalledService(
        "check.example.org",
        "validatingwebhookconfigurations example",
        Optional.of(new ServerAddress(host, host, service.port())),
        bundle,
        true,
        true,
        Optional.empty());
  }

  /** Of the Service {@code localhost}. */
  static ServicePods pods(int... ports) {
    return new ServicePods(
        Set.of("localhost"),
        Map.of(
            "localhost",
            Arrays.stream(ports)
                .mapToObj(port -> new ServerAddress("127.0.0.1:" + port, "127.0.0.1", port))
                .toList()));
  }

  static byte[] pem(Authority of) {
    try {
      return Files.readAllBytes(of.certificate());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    service.close();
    stranger.close();
  }
}
