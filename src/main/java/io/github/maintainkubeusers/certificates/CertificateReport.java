package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.credential.KeyMatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What was found out about one certificate, or a place where one should be.
 *
 * @param source where it was found
 * @param evidence empty when none was found
 * @param facts likewise
 * @param authority the name of the CA that it leads to, as far as known
 * @param end when it ceases to work: by its own end or that of an authority
 * @param key whether the file that should hold its key does; empty when there was no such file
 * @param findings what is not well, causes before effects
 */
public record CertificateReport(
    CertificateKind kind,
    String name,
    String source,
    Optional<Evidence> evidence,
    Optional<CertificateFacts> facts,
    Optional<String> authority,
    Optional<Instant> end,
    Optional<KeyMatch> key,
    List<Finding> findings) {
  public CertificateReport {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
    requireNonNull(source, "source is null");
    requireNonNull(evidence, "evidence is null");
    requireNonNull(facts, "facts is null");
    requireNonNull(authority, "authority is null");
    requireNonNull(end, "end is null");
    requireNonNull(key, "key is null");
    findings = List.copyOf(findings);
  }

  /** Of a place where a certificate should be, and none could be looked at. */
  public static CertificateReport without(
      CertificateKind kind, String name, String source, Finding why) {
    return new CertificateReport(
        kind,
        name,
        source,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(why));
  }

  /** Of what a record says of a certificate. */
  public static CertificateReport recorded(
      CertificateKind kind,
      String name,
      String source,
      CertificateFacts facts,
      List<Finding> findings) {
    return new CertificateReport(
        kind,
        name,
        source,
        Optional.of(Evidence.RECORDED),
        Optional.of(facts),
        Optional.empty(),
        Optional.of(facts.notAfter()),
        Optional.empty(),
        findings);
  }

  public CertificateState state() {
    return first().map(Finding::state).orElse(CertificateState.WELL);
  }

  /** The first of the worst, which the others may come from. */
  public Optional<Finding> first() {
    return findings.stream()
        .reduce((before, next) -> next.state().isWorseThan(before.state()) ? next : before);
  }

  /** What is not well besides. */
  public List<Finding> others() {
    return findings.stream().filter(finding -> !first().equals(Optional.of(finding))).toList();
  }

  /** The same with more causes, which come before all others. */
  public CertificateReport because(List<Finding> causes) {
    return with(Stream.concat(causes.stream(), findings.stream()).toList());
  }

  /** The same with more findings, which come after all others. */
  public CertificateReport besides(List<Finding> more) {
    return with(Stream.concat(findings.stream(), more.stream()).toList());
  }

  private CertificateReport with(List<Finding> all) {
    return new CertificateReport(kind, name, source, evidence, facts, authority, end, key, all);
  }
}
