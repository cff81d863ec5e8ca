package io.github.maintainkubeusers.app;

import static io.github.maintainkubeusers.app.SeededCertificates.CA;
import static io.github.maintainkubeusers.app.SeededCertificates.DAY;
import static io.github.maintainkubeusers.app.SeededCertificates.EXAMINER;
import static io.github.maintainkubeusers.app.SeededCertificates.NOW;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.LastingFault;
import io.github.maintainkubeusers.certificates.CredentialStanding;
import io.github.maintainkubeusers.certificates.Explained;
import io.github.maintainkubeusers.certificates.Ownership;
import io.github.maintainkubeusers.certificates.SignerSummary;
import io.github.maintainkubeusers.certificates.TokenKeySummary;
import io.github.maintainkubeusers.cluster.AuthenticationCas;
import io.github.maintainkubeusers.cluster.RequestState;
import io.github.maintainkubeusers.credential.CaBundle;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.ObservedBuilder;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.testing.InMemoryFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;

/** Faults of what the cluster holds: credentials of accounts, requests, keys and CAs. */
final class ClusterFaults {
  private static final AccountId TOOL = AccountId.tool("wikibot");
  private static final Instant SINCE = NOW.minus(Duration.ofDays(3));

  private ClusterFaults() {}

  static Stream<SeededFault> all() {
    return Stream.of(credentials(), requests(), keys()).flatMap(all -> all);
  }

  private static Stream<SeededFault> credentials() {
    return Stream.of(
        standing("superseded credentials", provisioned().build(), 1),
        standing("no binding names the group", provisioned().bound(Set.of()).build(), 2),
        standing(
            "revoked credentials",
            provisioned().revoked(ObservedBuilder.id(2)).bound(Set.of()).build(),
            2),
        standing(
            "an account in quarantine",
            provisioned()
                .record(ObservedBuilder.record(2, SINCE).in(AccountState.QUARANTINED, SINCE))
                .build(),
            2),
        stranger(),
        attempt(
            "a request that is denied",
            "could not obtain a certificate for tool wikibot by certificatesigningrequests c: it"
                + " was denied: Policy: no"),
        attempt(
            "a subject that is refused",
            "could not obtain a certificate for tool wikibot: its subject is CN=wikibot"));
  }

  private static SeededFault standing(String name, Observed observed, int number) {
    return SeededFault.of(
        name,
        CredentialStanding.of(observed, ObservedBuilder.id(number), Optional.empty(), NOW)
            .findings()
            .getFirst());
  }

  /** By our CA and under our name, but not by this controller. */
  private static SeededFault stranger() {
    CredentialId id = ObservedBuilder.id(2);
    ParsedCertificate certificate =
        ParsedCertificate.parse(
                CA.certificateOf(SeededCertificates.PAIR.getPublic())
                    .subject(new X500Name("O=toolforge,O=" + id.group(TOOL) + ",CN=wikibot"))
                    .from(NOW.minus(DAY))
                    .until(NOW.plus(DAY))
                    .sign())
            .getFirst();
    Observed observed = provisioned().build();
    var owners =
        new Ownership(
            Map.of(TOOL, observed.record()),
            _ -> observed,
            Optional.of(CaBundle.parse(CA.certificate())),
            NOW);
    return SeededFault.of(
        "a certificate that was not issued here",
        owners.of(List.of(certificate)).getFirst().findings().getFirst());
  }

  private static SeededFault attempt(String name, String cause) {
    var faults = new InMemoryFaults();
    faults.write(
        Map.of(TOOL, Optional.of(new LastingFault(SINCE, Optional.of(NOW.plus(DAY)), cause))));
    List<Explained> explained =
        new AttemptExplanation(faults)
            .with(TOOL, List.of(Explained.broken("record", "no credentials", "see the log")));
    return SeededFault.of(name, explained.getFirst().first().orElseThrow());
  }

  private static Stream<SeededFault> requests() {
    return Stream.of(
        request("a signer that is silent", RequestState.Progress.APPROVED),
        request("a request that failed", RequestState.Progress.FAILED),
        request("a request that is not decided", RequestState.Progress.WAITING),
        SeededFault.of(
            "a signer whose CA is not trusted",
            SignerSummary.of(
                Map.of(TOOL, new RecordState.Known(ObservedBuilder.record(1, NOW))),
                "example.org/signer",
                Optional.empty(),
                CaBundle.parse(CA.certificate()),
                EXAMINER)));
  }

  private static SeededFault request(String name, RequestState.Progress progress) {
    return SeededFault.of(
        name,
        RequestCheck.of(
            List.of(
                new RequestState(
                    "csr-1",
                    "example.org/signer",
                    "system:node:one",
                    NOW.minus(Duration.ofHours(2)),
                    progress,
                    "Because: it may not")),
            NOW));
  }

  private static Stream<SeededFault> keys() {
    var both = Optional.of(CA.certificate());
    return Stream.of(
        SeededFault.of(
            "an API server that lacks a token key",
            TokenKeySummary.of(Map.of("10.0.0.11", Set.of("k1"), "10.0.0.12", Set.of("k1", "k2")))),
        SeededFault.of(
            "one CA for clients and front proxies",
            new AuthorityCheck(EXAMINER).frontProxies(new AuthenticationCas(both, both))));
  }

  private static ObservedBuilder provisioned() {
    return ObservedBuilder.provisioned(TOOL, 2, SINCE);
  }
}
