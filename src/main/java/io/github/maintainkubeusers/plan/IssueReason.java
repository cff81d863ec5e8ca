package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Credential;
import java.util.Optional;

/** Why an account gets new credentials. */
enum IssueReason {
  NEW("new", RolloutPriority.NONE),
  NEW_OWNER("new owner", RolloutPriority.NONE),
  USELESS("those of an earlier controller were no use", RolloutPriority.NONE),
  REVOKED("revoked", RolloutPriority.NONE),
  REFRESH("refresh", RolloutPriority.NONE),
  RECORD_OUTDATED("the record is older than the home", RolloutPriority.NONE),
  DAMAGED("damaged credentials", RolloutPriority.NONE),
  RENEWAL("renewal", RolloutPriority.NONE),
  CA_DISTRUSTED("the cluster no longer trusts its CA", RolloutPriority.URGENT),
  CA_SUPERSEDED("another CA signs now", RolloutPriority.ROUTINE);

  private final String words;
  private final RolloutPriority priority;

  IssueReason(String words, RolloutPriority priority) {
    this.words = words;
    this.priority = priority;
  }

  String words() {
    return words;
  }

  RolloutPriority priority() {
    return priority;
  }

  /**
   * Whether the credentials before lose their rights at once, because they may be in the wrong
   * hands.
   */
  boolean endsRights() {
    return this == REVOKED || this == NEW_OWNER || this == RECORD_OUTDATED;
  }

  /**
   * Empty when its credentials are good, or when their owner requested new ones too often and has
   * to wait.
   */
  static Optional<IssueReason> of(
      boolean anotherOwner, Observed observed, PlanContext context, RefreshLimit limit) {
    if (anotherOwner) {
      return Optional.of(NEW_OWNER);
    }
    if (Rights.areRevoked(observed)) {
      return Optional.of(REVOKED);
    }
    return observed
        .record()
        .known()
        .map(
            record ->
                record
                    .credential()
                    .map(credential -> ofRecorded(observed, record, credential, context, limit))
                    .orElseGet(() -> Optional.of(NEW)))
        .orElseGet(() -> Optional.of(observed.isLegacy() ? USELESS : NEW));
  }

  /**
   * A ConfigMap that the program itself could not put in place is repaired, and answers no request
   * again.
   */
  static boolean isRefreshWanted(Observed observed) {
    boolean deleted = observed.status().isEmpty() && !observed.applied().statusMissing();
    return deleted
        || observed.delivery().rotationRequested()
        || observed.isIn(AccountState.REFRESH_DELAYED);
  }

  private static Optional<IssueReason> ofRecorded(
      Observed observed,
      AccountRecord record,
      Credential credential,
      PlanContext context,
      RefreshLimit limit) {
    if (isRefreshWanted(observed) && limit.allows(record.applied().throttle(), context.now())) {
      return Optional.of(REFRESH);
    }
    return switch (context.home()) {
      case NEWER_THAN_RECORD -> Optional.of(RECORD_OUTDATED);
      case CREDENTIALS_DAMAGED -> Optional.of(DAMAGED);
      case UNCHECKED, INTACT, KUBECONFIG_OUTDATED, MARK_OUTDATED ->
          byTime(observed, credential, context);
    };
  }

  private static Optional<IssueReason> byTime(
      Observed observed, Credential credential, PlanContext context) {
    if (context.cas().distrusts(credential)) {
      return Optional.of(CA_DISTRUSTED);
    }
    if (!context.now().isBefore(Renewal.dueAt(observed.id(), credential))) {
      return Optional.of(RENEWAL);
    }
    return context.cas().hasSuperseded(credential) ? Optional.of(CA_SUPERSEDED) : Optional.empty();
  }
}
