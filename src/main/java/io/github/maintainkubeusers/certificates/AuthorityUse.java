package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.plan.RecordState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A CA, and how much it is in use.
 *
 * @param report of the CA itself
 * @param accounts how many have their newest credentials by it; empty for a CA of servers
 * @param signsNow whether the last certificate that was issued is by it
 */
public record AuthorityUse(CertificateReport report, Optional<Integer> accounts, boolean signsNow) {
  private static final int FINGERPRINT_DIGITS = 12;

  public AuthorityUse {
    requireNonNull(report, "report is null");
    requireNonNull(accounts, "accounts is null");
  }

  /**
   * Each CA in order, then those that recorded certificates are by and that are none of these.
   *
   * @param authorities reports of CAs
   */
  public static List<AuthorityUse> of(
      List<CertificateReport> authorities, Map<AccountId, RecordState> records) {
    var credentials = new HashMap<AccountId, Credential>();
    records.forEach(
        (id, state) ->
            state
                .known()
                .filter(record -> record.state() != AccountState.QUARANTINED)
                .flatMap(AccountRecord::credential)
                .ifPresent(credential -> credentials.put(id, credential)));
    var issued = new TreeMap<String, TreeSet<AccountId>>();
    credentials.forEach(
        (id, credential) ->
            issued.computeIfAbsent(credential.issuer(), _ -> new TreeSet<>()).add(id));
    Optional<String> signer =
        credentials.values().stream()
            .max(Comparator.comparing(Credential::notBefore))
            .map(Credential::issuer);
    var uses = new ArrayList<AuthorityUse>();
    boolean clientCasAreKnown = false;
    for (CertificateReport report : authorities) {
      Optional<String> authority =
          report
              .facts()
              .filter(_ -> report.kind() == CertificateKind.CLIENT_CA)
              .map(CertificateFacts::fingerprint);
      clientCasAreKnown |= authority.isPresent();
      uses.add(
          new AuthorityUse(
              report,
              authority.map(known -> issued.getOrDefault(known, new TreeSet<>()).size()),
              authority.isPresent() && authority.equals(signer)));
    }
    authorities.forEach(
        report -> report.facts().map(CertificateFacts::fingerprint).ifPresent(issued::remove));
    if (clientCasAreKnown) {
      issued.forEach((issuer, ids) -> uses.add(foreign(issuer, ids)));
    }
    return uses;
  }

  private static AuthorityUse foreign(String issuer, TreeSet<AccountId> ids) {
    return new AuthorityUse(
        CertificateReport.without(
            CertificateKind.CLIENT_CA,
            issuer.substring(0, Math.min(FINGERPRINT_DIGITS, issuer.length())),
            "records",
            Finding.broken(
                "the API server does not know clients by this CA, which signed the certificates of "
                    + TenantSummary.some(ids),
                "see that the controller runs: it replaces them; or let the API server know the CA"
                    + " again until it has")),
        Optional.of(ids.size()),
        false);
  }
}
