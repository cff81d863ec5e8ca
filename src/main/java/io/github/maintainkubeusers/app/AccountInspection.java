package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.certificates.CertificateFacts;
import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.CredentialStanding;
import io.github.maintainkubeusers.certificates.Evidence;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Expectation;
import io.github.maintainkubeusers.certificates.Finding;
import io.github.maintainkubeusers.certificates.Ownership;
import io.github.maintainkubeusers.certificates.Purpose;
import io.github.maintainkubeusers.certificates.Trust;
import io.github.maintainkubeusers.cluster.Cluster;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.directory.Directory;
import io.github.maintainkubeusers.directory.DirectoryException;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.home.Homes;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kubeconfig.KubeconfigEntry.Pair;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.reconcile.CredentialFiles;
import io.github.maintainkubeusers.reconcile.SteadyClock;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks at the certificate of an account: at the pair in its home or Secret where that can be read,
 * else at what is recorded.
 *
 * @param cluster loaded
 * @param trust empty when nothing is to be compared with the cluster
 */
record AccountInspection(
    Settings settings, Cluster cluster, Optional<ClusterTrust> trust, Examiner examiner) {
  CertificateReport inspect(AccountId id) {
    if (!id.kind().hasHome()) {
      return ofService(id);
    }
    try {
      Account account = find(id);
      return pair(account, read(account));
    } catch (DirectoryException | HomeException | InputException e) {
      return recorded(
          id,
          Finding.unknown(
              "what is in its home is not known: " + e.getMessage(),
              "run this where the homes are mounted and the directory can be read, with the rights"
                  + " that docs/homes.md asks for"));
    }
  }

  private CertificateReport ofService(AccountId id) {
    Service service =
        settings
            .services()
            .find(id)
            .orElseThrow(
                () -> new InputException(id + " is not declared in the configuration", null));
    try {
      return pair(service, cluster.delivered(service));
    } catch (ClusterException e) {
      return recorded(
          id,
          Finding.unknown(
              "what is in its Secret is not known: " + e.getMessage(),
              "use a kubeconfig that may list the Secret " + service.secret()));
    }
  }

  private CertificateReport recorded(AccountId id, Finding unread) {
    Observed observed = cluster.observe(id);
    return observed
        .record()
        .known()
        .flatMap(AccountRecord::credential)
        .map(credential -> recorded(id, observed, credential, unread))
        .orElseGet(() -> CertificateReport.without(kind(id), id.name().value(), "record", unread));
  }

  private CertificateReport recorded(
      AccountId id, Observed observed, Credential credential, Finding unread) {
    List<Finding> findings =
        Stream.of(
                CredentialStanding.of(observed, credential.id(), Optional.empty(), now())
                    .findings(),
                examiner.end(credential.notAfter(), CredentialStanding.renewal(id)).stream()
                    .toList(),
                List.of(unread))
            .flatMap(List::stream)
            .distinct()
            .toList();
    return CertificateReport.recorded(
        kind(id), id.name().value(), "record", CertificateFacts.of(credential), findings);
  }

  /** The pair that stands in a service's Secret, compared with what is recorded. */
  CertificateReport pair(Service service, Map<String, byte[]> content) {
    AccountId id = service.id();
    String source = "Secret " + service.secret();
    Optional<Pair> pair = CredentialFiles.pair(content);
    return pair.map(found -> stored(id, source, found.certificate(), found.key()))
        .orElseGet(
            () ->
                CertificateReport.without(
                    kind(id),
                    id.name().value(),
                    source,
                    Finding.broken(
                        content.isEmpty()
                            ? "there is no Secret " + service.secret() + ", or nothing in it"
                            : "its Secret holds no certificate with a key",
                        "see that the controller runs and leads: it writes the Secret anew")));
  }

  /** The pair that stands in a home, compared with what is recorded. */
  CertificateReport pair(Account account, Map<HomeFile, byte[]> files) {
    AccountId id = account.id();
    String source = account.home() + "/" + HomeFile.certificate(id.kind());
    byte[] certificate = files.get(HomeFile.certificate(id.kind()));
    if (certificate == null) {
      return CertificateReport.without(
          kind(id),
          id.name().value(),
          source,
          Finding.broken(
              "there is no certificate in its home",
              "wait for the next look at the home, or " + CredentialStanding.renewal(id)));
    }
    return stored(
        id, source, certificate, files.getOrDefault(HomeFile.key(id.kind()), new byte[0]));
  }

  private CertificateReport stored(AccountId id, String source, byte[] certificate, byte[] key) {
    List<ParsedCertificate> chain;
    try {
      chain = ParsedCertificate.parse(certificate);
    } catch (CredentialException e) {
      return CertificateReport.without(
          kind(id),
          id.name().value(),
          source,
          Finding.broken(e.getMessage(), CredentialStanding.renewal(id)));
    }
    Expectation expected =
        Expectation.of(
                Purpose.CLIENT,
                trust.map(cas -> cas.of(Purpose.CLIENT)).orElseGet(Trust.NotCompared::new),
                CredentialStanding.renewal(id))
            .withKey(key);
    return examiner
        .examine(kind(id), id.name().value(), source, Evidence.STORED, chain, expected)
        .because(standing(id, chain));
  }

  private List<Finding> standing(AccountId id, List<ParsedCertificate> chain) {
    if (cluster.observe(id).record().known().flatMap(AccountRecord::credential).isEmpty()) {
      return List.of(
          Finding.broken(
              "the cluster has no record of credentials of this account",
              "see what maintain-kubeusers plan says of it"));
    }
    Ownership owners = Owners.of(cluster);
    if (owners.clientCas().isEmpty()) {
      // That is said of its chain already.
      return List.of();
    }
    List<CredentialStanding> found =
        owners.of(chain).stream().filter(standing -> standing.account().equals(id)).toList();
    if (found.isEmpty()) {
      return List.of(
          Finding.broken("it is none of this account's", CredentialStanding.renewal(id)));
    }
    return found.stream()
        .filter(standing -> standing.state() != CredentialStanding.State.ENDED)
        .flatMap(standing -> standing.findings().stream())
        .toList();
  }

  private Account find(AccountId id) {
    try (Directory directory = ProgramModule.directory(settings, Clock.systemUTC())) {
      return directory.read().accounts().stream()
          .filter(account -> account.id().equals(id))
          .findFirst()
          .orElseThrow(() -> new InputException("the directory has no valid entry of " + id, null));
    }
  }

  private Map<HomeFile, byte[]> read(Account account) {
    try (Homes homes = ProgramModule.homes(settings, new SteadyClock(), new SecureRandom())) {
      return homes.read(
          account,
          Set.of(HomeFile.certificate(account.id().kind()), HomeFile.key(account.id().kind())));
    }
  }

  private Instant now() {
    return examiner.now();
  }

  private static CertificateKind kind(AccountId id) {
    return switch (id.kind()) {
      case TOOL -> CertificateKind.TOOL;
      case ADMIN -> CertificateKind.ADMIN;
      case SERVICE -> CertificateKind.SERVICE;
    };
  }
}
