package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses removals that are more likely a fault of the directory than somebody's intention: an
 * answer that is empty by mistake must not take everybody's access away.
 */
public final class RemovalGuard {
  private final RemovalPolicy policy;

  public RemovalGuard(RemovalPolicy policy) {
    this.policy = requireNonNull(policy, "policy is null");
  }

  /** The decision about all removals of a pass. */
  public sealed interface Verdict {
    record Free() implements Verdict {}

    /** Permitted only because an admin approved it, once. */
    record Allowed(RemovalApproval by) implements Verdict {}

    record Refused(String reason) implements Verdict {}
  }

  /**
   * @param removals who would lose access or be removed
   * @param provisioned who is known to the cluster
   */
  public Verdict judge(
      WantedAccounts wanted,
      Set<AccountId> removals,
      Set<AccountId> provisioned,
      Optional<RemovalApproval> approval,
      Instant now) {
    Set<AccountId> removed = ofDirectory(removals);
    Set<AccountId> others = ofDirectory(provisioned);
    Optional<String> reason =
        refusal(wanted, removed.size(), others.size())
            .or(() -> endOfAKind(wanted, removed, others));
    return verdict(reason, removed.size(), approval, now);
  }

  /** What the configuration declares is no longer declared only when somebody means it. */
  private static Set<AccountId> ofDirectory(Set<AccountId> ids) {
    return ids.stream().filter(id -> id.kind() != AccountKind.SERVICE).collect(toUnmodifiableSet());
  }

  /** By how many they are, of how many. */
  Verdict judge(
      WantedAccounts wanted,
      int removals,
      int provisioned,
      Optional<RemovalApproval> approval,
      Instant now) {
    return verdict(refusal(wanted, removals, provisioned), removals, approval, now);
  }

  private static Verdict verdict(
      Optional<String> reason, int removals, Optional<RemovalApproval> approval, Instant now) {
    if (removals == 0 || reason.isEmpty()) {
      return new Verdict.Free();
    }
    return approval
        .filter(given -> now.isBefore(given.until()) && removals <= given.upTo())
        .<Verdict>map(Verdict.Allowed::new)
        .orElseGet(() -> new Verdict.Refused(reason.get()));
  }

  /** A budget for a few of many must not be enough for all there are. */
  private Optional<String> endOfAKind(
      WantedAccounts wanted, Set<AccountId> removals, Set<AccountId> provisioned) {
    for (AccountKind kind : policy.isForAll() ? new AccountKind[0] : AccountKind.values()) {
      long leaving = removals.stream().filter(id -> id.kind() == kind).count();
      if (leaving > 0
          && (leaving > 1 || isNeeded(kind, wanted))
          && provisioned.stream()
              .noneMatch(
                  id -> id.kind() == kind && !removals.contains(id) && wanted.isUsable(id))) {
        return Optional.of(
            "every "
                + kind.label()
                + " that has access ("
                + leaving
                + ") would lose it; if that is right, see 'maintain-kubeusers allow-removals"
                + " --help'");
      }
    }
    return Optional.empty();
  }

  /**
   * The only one may go: a tool always, an admin where the directory has another who is to come.
   */
  private static boolean isNeeded(AccountKind kind, WantedAccounts wanted) {
    return kind == AccountKind.ADMIN && wanted.usable(kind) == 0;
  }

  private Optional<String> refusal(WantedAccounts wanted, int removals, int provisioned) {
    Set<AccountName> missing = new TreeSet<>(policy.sentinels());
    missing.removeIf(name -> wanted.accounts().containsKey(new AccountId(AccountKind.TOOL, name)));
    if (!missing.isEmpty()) {
      return Optional.of(
          "the directory has no tool " + missing + ", which it must have to be believed");
    }
    int budget = policy.budget(provisioned);
    return removals <= budget
        ? Optional.empty()
        : Optional.of(
            removals
                + " of "
                + provisioned
                + " accounts would lose access, at most "
                + budget
                + " may in one pass; if that is right, see 'maintain-kubeusers allow-removals"
                + " --help'");
  }
}
