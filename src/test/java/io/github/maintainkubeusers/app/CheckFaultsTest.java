package io.github.maintainkubeusers.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.TlsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong with the certificates of a cluster, one fault at a time. */
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
    assertThat(check(called(pem(authority), true, "localhost")))
        .satisfies(
            report -> {
              assertThat(report.findings()).isEmpty();
              assertThat(report.authority()).contains("CN=ca");
            });
  }

  @Test
  void aCaBundleThatDoesNotVerifyWhatTheServiceShows() {
    byte[] other = pem(Authority.create(folder, "other"));

    assertFound(
        check(called(other, true, "localhost")),
        "broken",
        "none of the CAs in caBundle has signed it; its issuer is CN=ca",
        "into caBundle");
  }

  @Test
  void aCaBundleThatIsEmptyOrGarbage() {
    assertFound(
        check(called(new byte[0], true, "localhost")),
        "broken",
        "caBundle is empty",
        "into caBundle");
    assertFound(
        check(called("rubbish".getBytes(US_ASCII), true, "localhost")),
        "broken",
        "caBundle is garbage",
        "into caBundle");
  }

  @Test
  void aCaBundleThatIsStale() {
    var stale = TestingAuthority.root("CN=stale", now.minus(DAY.multipliedBy(900)), now.minus(DAY));

    assertFound(
        check(called(stale.certificate(), true, "nowhere.invalid")),
        "ended",
        "ended on ",
        "renew the CA in caBundle");
  }

  @Test
  void aServiceThatCannotBeReachedIsUnknown() {
    assertFound(
        check(called(pem(authority), true, "nowhere.invalid")),
        "unknown",
        "caBundle was not compared with what the Service shows: could not look at nowhere.invalid",
        "in a pod of the cluster");
  }

  @Test
  void insecureSkipTlsVerify() {
    assertFound(
        check(called(new byte[0], false, "localhost")),
        "broken",
        "insecureSkipTLSVerify",
        "remove insecureSkipTLSVerify");
  }

  @Test
  void anApiServiceThatIsUnavailable() {
    var fit = called(pem(authority), true, "localhost");
    var unavailable =
        new CalledService(
            fit.name(),
            fit.source(),
            fit.server(),
            fit.caBundle(),
            true,
            Optional.of("MissingEndpoints: endpoints for service are missing"));

    assertFound(check(unavailable), "broken", "is unavailable: MissingEndpoints", "see the pods");
  }

  @Test
  void aClientCaThatIsTheFrontProxysToo() {
    byte[] both = pem(authority);
    byte[] own = pem(Authority.create(folder, "front-proxy-ca"));
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

  /** The certificate on disk is newer by a second, as certificates tell time. */
  @Test
  void aServerThatWasNotRestartedSinceItsCertificateWasRenewed() throws IOException {
    Path pki = Files.createDirectory(folder.resolve("pki"));
    Files.copy(authority.certificate(), pki.resolve("ca.crt"));
    authority.renew(pki, "service", "CN=service", Duration.ofMinutes(1));
    var servers = new ServerInspection(examiner, new Handshake(Duration.ofSeconds(10)));
    var files = new FileInspection(examiner, Optional.empty());
    List<CertificateReport> stored =
        new PkiFolder(pki, files).check(new KubeconfigInspection(files, servers));
    List<CertificateReport> served = List.of(check(called(pem(authority), true, "localhost")));

    List<CertificateReport> compared =
        Renewed.compare(List.of(stored, served).stream().flatMap(List::stream).toList());

    assertThat(compared)
        .filteredOn(report -> report.state() != CertificateState.WELL)
        .singleElement()
        .satisfies(
            report ->
                assertFound(
                    report,
                    "ends",
                    "shows an older certificate than " + pki.resolve("service.crt"),
                    "restart the server"));
    assertThat(Renewed.compare(served)).isEqualTo(served);
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
        Optional.empty());
  }

  private CertificateReport check(CalledService called) {
    var servers = new ServerInspection(examiner, new Handshake(Duration.ofSeconds(10)));
    List<CertificateReport> reports =
        new CalledServiceCheck(servers).check(CertificateKind.WEBHOOK, called);
    assertThat(reports).hasSize(1);
    return reports.getFirst();
  }

  private static byte[] pem(Authority of) {
    try {
      return Files.readAllBytes(of.certificate());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertFound(
      CertificateReport report, String state, String problem, String remedy) {
    assertThat(report.state().label()).as(report.toString()).isEqualTo(state);
    assertThat(report.first().orElseThrow().problem()).contains(problem);
    assertThat(report.first().orElseThrow().remedy()).contains(remedy);
  }
}
