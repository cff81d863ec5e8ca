package io.github.maintainkubeusers.certificates;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * All tools and admins in one line, by their records. Renewals are the controller's: one that is
 * due is no alarm yet.
 */
public final class TenantSummary {
  private static final int MOST_NAMED = 5;
  private static final int FINGERPRINT_DIGITS = 12;

  /** How late the controller may be with a renewal. */
  private static final Duration LATE = Duration.ofDays(1);

  private static final String RUN =
      "check that the controller runs, and read what it logs about them:"
          + " maintain-kubeusers certificates inspect tool:NAME";

  private TenantSummary() {}

  /**
   * @param names of CAs, by fingerprint
   */
  public static CertificateReport of(
      Map<AccountId, RecordState> records, Map<String, String> names, Instant now) {
    var credentials = new TreeMap<AccountId, Credential>();
    var unreadable = new ArrayList<AccountId>();
    records.forEach(
        (id, state) -> {
          if (!id.kind().hasHome()) {
            return; // services are not tenants
          }
          if (state instanceof RecordState.Unreadable) {
            unreadable.add(id);
          }
          state
              .known()
              .filter(record -> record.state() != AccountState.QUARANTINED)
              .flatMap(record -> record.credential())
              .ifPresent(credential -> credentials.put(id, credential));
        });
    List<AccountId> ended = named(credentials, credential -> !now.isBefore(credential.notAfter()));
    List<AccountId> late =
        credentials.entrySet().stream()
            .filter(
                entry ->
                    now.isBefore(entry.getValue().notAfter())
                        && isLate(entry.getKey(), entry.getValue(), now))
            .map(Map.Entry::getKey)
            .toList();
    var findings = new ArrayList<Finding>();
    say(CertificateState.ENDED, "ended: the certificates of ", ended, findings);
    say(CertificateState.ENDS, "renewal overdue: the certificates of ", late, findings);
    say(CertificateState.UNKNOWN, "unreadable: the records of ", unreadable, findings);
    int all = credentials.size() + unreadable.size();
    Optional<Instant> end =
        credentials.values().stream().map(Credential::notAfter).min(Instant::compareTo);
    return new CertificateReport(
        CertificateKind.TENANTS,
        all - ended.size() - unreadable.size() + " of " + all,
        "records",
        Optional.of(Evidence.RECORDED),
        Optional.empty(),
        authority(credentials, names),
        end,
        Optional.empty(),
        findings);
  }

  private static List<AccountId> named(
      Map<AccountId, Credential> credentials, Predicate<Credential> which) {
    return credentials.entrySet().stream()
        .filter(entry -> which.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * At most half of what is left by then: certificates that live for minutes are renewed at once.
   */
  static boolean isLate(AccountId id, Credential credential, Instant now) {
    Instant due = Renewal.dueAt(id, credential);
    Duration half = Duration.between(due, credential.notAfter()).dividedBy(2);
    return now.isAfter(due.plus(half.compareTo(LATE) < 0 ? half : LATE));
  }

  private static void say(
      CertificateState state, String what, List<AccountId> ids, List<Finding> findings) {
    if (!ids.isEmpty()) {
      findings.add(new Finding(state, what + some(ids), RUN));
    }
  }

  /** The first few, and how many more. */
  static String some(Collection<AccountId> ids) {
    String more = ids.size() > MOST_NAMED ? " and " + (ids.size() - MOST_NAMED) + " more" : "";
    return ids.stream().limit(MOST_NAMED).map(AccountId::toString).collect(joining(", ")) + more;
  }

  /** The CA that signed most of them, and how many. */
  private static Optional<String> authority(
      Map<AccountId, Credential> credentials, Map<String, String> names) {
    return credentials.values().stream()
        .collect(groupingBy(Credential::issuer, TreeMap::new, counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.comparingByValue())
        .map(
            entry ->
                names.getOrDefault(entry.getKey(), entry.getKey().substring(0, FINGERPRINT_DIGITS))
                    + " "
                    + entry.getValue());
  }
}
