package io.github.maintainkubeusers.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.certificates.CertificateKind;
import io.github.maintainkubeusers.certificates.CertificateReport;
import io.github.maintainkubeusers.certificates.CertificateState;
import io.github.maintainkubeusers.certificates.Examiner;
import io.github.maintainkubeusers.certificates.Handshake;
import io.github.maintainkubeusers.certificates.Renewed;
import io.github.maintainkubeusers.cluster.AuthenticationCas;
import io.github.maintainkubeusers.cluster.CalledService;
import io.github.maintainkubeusers.cluster.ServerAddress;
import io.github.maintainkubeusers.cluster.ServicePods;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.FreePorts;
import io.github.maintainkubeusers.testing.TlsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found about the certificates of a cluster, beside the table of faults. */
class CheckFaultsTest {
  private static final Duration DAY = Duration.ofDays(1);

  private final Instant now = InstantSource.system().instant();
  private final Examiner examiner = new Examiner(now, Duration.ofDays(30));

  @TempDir private Path folder;
  private Authority authority;
  private TlsServer service;

  @BeforeEach
  void serve() {
    authority = Authority.create(folder, "ca").issue("service", "CN=service");
    service = TlsServer.start("127.0.0.1", folder, "service", false);
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void aWebhookWhoseCaBundleFitsIsWell() {
    assertThat(check(called(ServerFaults.pem(authority), true, "localhost")))
        .satisfies(
            report -> {
              assertThat(report.findings()).isEmpty();
              assertThat(report.authority()).contains("CN=ca");
            });
  }

  @Test
  void aServerThatWasRestartedIsNotComparedFurther() {
    List<CertificateReport> served =
        List.of(check(called(ServerFaults.pem(authority), true, "localhost")));

    assertThat(Renewed.compare(served)).isEqualTo(served);
  }

  /** Pods that all show what the API server expects may each have a certificate of their own. */
  @Test
  void podsWithDifferentCertificatesOfTheSameCaAreWell() {
    authority.issue("second", "CN=second");
    try (TlsServer second = TlsServer.start("127.0.0.1", folder, "second", false)) {
      ServicePods pods = ServerFaults.pods(service.port(), second.port());

      assertThat(check(called(ServerFaults.pem(authority), true, "localhost"), pods).findings())
          .isEmpty();
    }
  }

  @Test
  void aPodThatCannotBeReachedIsTold() {
    ServicePods pods = ServerFaults.pods(service.port(), FreePorts.next());

    assertFound(
        check(called(ServerFaults.pem(authority), true, "localhost"), pods),
        "unknown",
        "could not look at localhost:",
        "see that the server runs");
  }

  /** A Service of pods that slices do not name: an external name, or several ports. */
  @Test
  void aServiceThatAnswersNeedsNoPods() {
    assertThat(
            check(
                    called(ServerFaults.pem(authority), true, "localhost"),
                    new ServicePods(Set.of(), Map.of()))
                .findings())
        .isEmpty();
  }

  @Test
  void aClientCaThatIsTheFrontProxysToo() {
    byte[] both = ServerFaults.pem(authority);
    byte[] own = ServerFaults.pem(Authority.create(folder, "front-proxy-ca"));
    var authorities = new AuthorityCheck(examiner);

    assertThat(
            authorities.frontProxies(new AuthenticationCas(Optional.of(both), Optional.of(both))))
        .singleElement()
        .satisfies(
            report ->
                assertFound(
                    report,
                    "broken",
                    "the CA of front proxies is a CA of clients, too",
                    "a CA of its own"));
    assertThat(authorities.frontProxies(new AuthenticationCas(Optional.of(both), Optional.of(own))))
        .allMatch(report -> report.state() == CertificateState.WELL)
        .hasSize(1);
    assertThat(authorities.clients(new AuthenticationCas(Optional.empty(), Optional.empty())))
        .singleElement()
        .satisfies(
            report ->
                assertFound(report, "unknown", "publishes no CA of clients", "--client-ca-file"));
  }

  @Test
  void aBundleWithACaThatHasEnded() throws IOException {
    var ended = TestingAuthority.root("CN=ended", now.minus(DAY.multipliedBy(900)), now.minus(DAY));
    byte[] bundle =
        (Files.readString(authority.certificate()) + new String(ended.certificate(), UTF_8))
            .getBytes(UTF_8);

    List<CertificateReport> reports = new AuthorityCheck(examiner).servers(bundle);

    assertThat(reports).extracting(CertificateReport::name).containsExactly("ca", "ended");
    assertThat(reports.getFirst().state()).isEqualTo(CertificateState.WELL);
    assertFound(reports.getLast(), "ended", "ended on ", "take it out of the bundle");
  }

  @Test
  void aFolderOfFilesIsCheckedByItsOwnCas() throws IOException {
    Path other = Files.createDirectories(folder.resolve("etcd"));
    Authority.create(other, "stranger").issue("odd", "CN=odd");
    Files.delete(other.resolve("stranger.crt"));
    Files.writeString(folder.resolve("broken.crt"), "rubbish");
    Files.writeString(folder.resolve("admin.conf"), "no kubeconfig");
    var files = new FileInspection(examiner, Optional.empty());
    var servers = new ServerInspection(examiner, new Handshake(Duration.ofSeconds(10)));

    List<CertificateReport> reports =
        new PkiFolder(folder, files).check(new KubeconfigInspection(files, servers));

    assertThat(reports)
        .filteredOn(report -> report.state() == CertificateState.WELL)
        .extracting(CertificateReport::name)
        .containsExactly(
            folder.resolve("ca.crt").toString(), folder.resolve("service.crt").toString());
    assertThat(reports)
        .filteredOn(report -> report.state() == CertificateState.BROKEN)
        .extracting(report -> report.first().orElseThrow().problem())
        .satisfiesExactlyInAnyOrder(
            problem -> assertThat(problem).contains("neither a certificate nor a kubeconfig"),
            problem -> assertThat(problem).contains("there is no certificate in it"),
            problem -> assertThat(problem).contains("none of the CAs in " + folder));
  }

  private CalledService called(byte[] bundle, boolean verifies, String host) {
    return new CalledService(
        "check.example.org",
        "validatingwebhookconfigurations example",
        Optional.of(new ServerAddress(host, host, service.port())),
        bundle,
        verifies,
        true,
        Optional.empty());
  }

  private CertificateReport check(CalledService called) {
    return check(called, Optional.empty());
  }

  private CertificateReport check(CalledService called, ServicePods pods) {
    return check(called, Optional.of(pods));
  }

  private CertificateReport check(CalledService called, Optional<ServicePods> pods) {
    var servers = new ServerInspection(examiner, new Handshake(Duration.ofSeconds(10)));
    List<CertificateReport> reports =
        new CalledServiceCheck(servers, pods).check(CertificateKind.WEBHOOK, called);
    assertThat(reports).hasSize(1);
    return reports.getFirst();
  }

  private static void assertFound(
      CertificateReport report, String state, String problem, String remedy) {
    assertThat(report.state().label()).as(report.toString()).isEqualTo(state);
    assertThat(report.first().orElseThrow().problem()).contains(problem);
    assertThat(report.first().orElseThrow().remedy()).contains(remedy);
  }
}
