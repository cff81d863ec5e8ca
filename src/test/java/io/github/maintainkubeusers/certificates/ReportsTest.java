package io.github.maintainkubeusers.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.credential.KeyMatch;
import io.github.maintainkubeusers.yaml.YamlDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reports as they are printed, compared with files. */
class ReportsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/certificates");
  private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");
  private static final List<CertificateReport> REPORTS =
      List.of(
          new CertificateReport(
              CertificateKind.SERVER_CA,
              "ca",
              "kube-public/cluster-info",
              Optional.of(Evidence.STORED),
              Optional.of(facts("CN=ca", 3650, List.of(), List.of())),
              Optional.empty(),
              Optional.of(NOW.plus(Duration.ofDays(3650))),
              Optional.empty(),
              List.of()),
          new CertificateReport(
              CertificateKind.APISERVER,
              "10.0.0.13:6443",
              "default/kubernetes",
              Optional.of(Evidence.SERVED),
              Optional.of(
                  facts(
                      "CN=kube-apiserver",
                      5,
                      List.of("10.0.0.13", "api.example.org"),
                      List.of("server auth"))),
              Optional.of("CN=ca"),
              Optional.of(NOW.plus(Duration.ofDays(5))),
              Optional.empty(),
              List.of(
                  new Finding(
                      CertificateState.ENDS,
                      "ends in 5d",
                      "kubeadm certs renew apiserver, and restart kube-apiserver there"))),
          CertificateReport.without(
              CertificateKind.SERVER,
              "10.0.0.9:636",
              "10.0.0.9:636",
              Finding.unknown(
                  "could not look at 10.0.0.9:636: Connection refused",
                  "see that the server runs")),
          new CertificateReport(
              CertificateKind.FILE,
              "client.crt",
              "client.crt",
              Optional.of(Evidence.STORED),
              Optional.of(
                  facts("CN=\u001b[31mwikibot,O=toolforge", -1, List.of(), List.of("client auth"))),
              Optional.empty(),
              Optional.of(NOW.minus(Duration.ofDays(1))),
              Optional.of(KeyMatch.OTHER),
              List.of(
                  Finding.broken(
                      "the private key is the key to another certificate", "issue both anew"),
                  new Finding(
                      CertificateState.ENDED, "ended on 2026-11-26T03:00:00Z", "issue it anew"))));

  @Test
  void asATable() {
    assertGolden("table.txt", lines(new ReportText(NOW).table(REPORTS, false)));
  }

  @Test
  void asAWideTable() {
    assertGolden("wide.txt", lines(new ReportText(NOW).table(REPORTS, true)));
  }

  @Test
  void oneByOne() {
    assertGolden(
        "details.txt",
        lines(
            REPORTS.stream()
                .flatMap(report -> new ReportText(NOW).details(report).stream())
                .toList()));
  }

  @Test
  void asJson() {
    assertGolden(
        "report.json",
        new String(
            YamlDocument.writeJson(new ReportTree(NOW).of(REPORTS)), StandardCharsets.UTF_8));
  }

  @Test
  void asYaml() {
    assertGolden(
        "report.yaml",
        new String(YamlDocument.write(new ReportTree(NOW).of(REPORTS)), StandardCharsets.UTF_8));
  }

  @Test
  void spansAreToldInTheLargestUnitOfWhichThereAreTwo() {
    assertThat(Spans.text(Duration.ofDays(34))).isEqualTo("34d");
    assertThat(Spans.text(Duration.ofHours(47))).isEqualTo("47h");
    assertThat(Spans.text(Duration.ofMinutes(119))).isEqualTo("119m");
    assertThat(Spans.text(Duration.ofSeconds(-90))).isEqualTo("-90s");
  }

  private static CertificateFacts facts(
      String subject, int days, List<String> names, List<String> usages) {
    return new CertificateFacts(
        Optional.of(subject),
        subject.endsWith("toolforge") ? List.of("toolforge") : List.of(),
        names,
        usages,
        NOW.minus(Duration.ofDays(365)),
        NOW.plus(Duration.ofDays(days)),
        Optional.of("CN=ca"),
        "1f2e",
        "ab".repeat(32),
        Optional.empty(),
        Optional.of("ECDSA 256"));
  }

  private static String lines(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  /** With {@code -Dgolden.write=true}, what is printed now becomes what is expected. */
  private static void assertGolden(String name, String actual) {
    try {
      if (Boolean.getBoolean("golden.write")) {
        Files.createDirectories(GOLDEN);
        Files.writeString(GOLDEN.resolve(name), actual);
      }
      assertThat(actual).isEqualTo(Files.readString(GOLDEN.resolve(name)));
    } catch (IOException e) {
      throw new AssertionError("no " + GOLDEN.resolve(name), e);
    }
  }
}
