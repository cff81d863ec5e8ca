package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.credential.KeyMatch;
import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlScalar;
import io.github.maintainkubeusers.yaml.YamlSequence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reports for other programs. Where {@code kubeadm certs check-expiration -o json} has a field, it
 * is named as there (kind CertificateExpirationInfo of output.kubeadm.k8s.io), so that the same
 * queries work on both.
 *
 * @param now by which the time that is left is told
 */
public record ReportTree(Instant now) {
  private static final Set<CertificateKind> AUTHORITIES =
      Set.of(CertificateKind.SERVER_CA, CertificateKind.CLIENT_CA, CertificateKind.FRONT_PROXY_CA);
  private static final Set<CertificateKind> OURS =
      Set.of(
          CertificateKind.TENANTS,
          CertificateKind.TOOL,
          CertificateKind.ADMIN,
          CertificateKind.SERVICE);

  public ReportTree {
    requireNonNull(now, "now is null");
  }

  public YamlNode of(List<CertificateReport> reports) {
    var certificates = YamlSequence.create();
    var authorities = YamlSequence.create();
    reports.forEach(
        report ->
            (AUTHORITIES.contains(report.kind()) ? authorities : certificates).append(of(report)));
    return YamlMapping.create()
        .put("certificates", certificates)
        .put("certificateAuthorities", authorities);
  }

  YamlMapping of(CertificateReport report) {
    Optional<CertificateFacts> facts = report.facts();
    var tree =
        YamlMapping.create()
            .put("name", report.name())
            .put("kind", report.kind().label())
            .put("source", report.source())
            .put("evidence", text(report.evidence().map(Evidence::label)))
            .put("state", report.state().label())
            .put("problem", text(report.first().map(Finding::problem)))
            .put("remedy", text(report.first().map(Finding::remedy)))
            .put("further", further(report));
    tree.put("expirationDate", text(report.end().map(Instant::toString)))
        .put(
            "residualTime",
            YamlScalar.of(
                report
                    .end()
                    .map(end -> Math.max(0, Duration.between(now, end).toSeconds()))
                    .orElse(0L)))
        .put("caName", text(report.authority()))
        .put("externallyManaged", YamlScalar.of(!OURS.contains(report.kind())))
        .put("missing", YamlScalar.of(report.evidence().isEmpty()));
    return tree.put("subject", text(facts.flatMap(CertificateFacts::subject)))
        .put("groups", list(facts.map(CertificateFacts::groups)))
        .put("sans", list(facts.map(CertificateFacts::names)))
        .put("usages", list(facts.map(CertificateFacts::usages)))
        .put("notBefore", text(facts.map(known -> known.notBefore().toString())))
        .put("notAfter", text(facts.map(known -> known.notAfter().toString())))
        .put("issuer", text(facts.flatMap(CertificateFacts::issuer)))
        .put("issuerFingerprint", text(facts.flatMap(CertificateFacts::issuerFingerprint)))
        .put("serial", text(facts.map(CertificateFacts::serial)))
        .put("fingerprint", text(facts.map(CertificateFacts::fingerprint)))
        .put("keyType", text(facts.flatMap(CertificateFacts::keyType)))
        .put(
            "keyMatches",
            report
                .key()
                .<YamlNode>map(key -> YamlScalar.of(key == KeyMatch.MATCHES))
                .orElseGet(YamlScalar::ofNull));
  }

  private static YamlSequence further(CertificateReport report) {
    var list = YamlSequence.create();
    report
        .others()
        .forEach(
            finding ->
                list.append(
                    YamlMapping.create()
                        .put("state", finding.state().label())
                        .put("problem", finding.problem())
                        .put("remedy", finding.remedy())));
    return list;
  }

  private static YamlNode text(Optional<String> value) {
    return value.<YamlNode>map(YamlScalar::text).orElseGet(YamlScalar::ofNull);
  }

  private static YamlSequence list(Optional<List<String>> values) {
    var list = YamlSequence.create();
    values.orElse(List.of()).forEach(value -> list.append(YamlScalar.text(value)));
    return list;
  }
}
