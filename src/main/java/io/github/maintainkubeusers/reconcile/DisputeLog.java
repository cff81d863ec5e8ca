package io.github.maintainkubeusers.reconcile;

import static java.util.stream.Collectors.joining;

import io.github.maintainkubeusers.account.AccountId;
import java.util.Set;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of whom servers of the directory say different things, whenever it is somebody else. */
final class DisputeLog {
  private static final Logger LOG = LoggerFactory.getLogger(DisputeLog.class);
  private static final int MOST = 5;

  private Set<AccountId> told = Set.of();

  /**
   * @param disputed accounts that one server no longer wants and another still does
   */
  void log(SortedSet<AccountId> disputed) {
    if (disputed.equals(told)) {
      return;
    }
    told = Set.copyOf(disputed);
    if (disputed.isEmpty()) {
      LOG.info("All servers of the directory agree again on who loses access");
    } else {
      LOG.warn(
          "Servers of the directory disagree on {} accounts, which keep their access until all"
              + " agree: {}{}. Is a replica behind?",
          disputed.size(),
          disputed.stream().limit(MOST).map(AccountId::toString).collect(joining(", ")),
          disputed.size() > MOST ? ", ..." : "");
    }
  }
}
