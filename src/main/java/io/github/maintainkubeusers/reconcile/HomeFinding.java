package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;

/**
 * What a look into a home found.
 *
 * @param text for people
 */
public record HomeFinding(AccountId id, State state, String text) {
  /** Whether everything is as it should be, is not, or there is nothing that should be there. */
  public enum State {
    WELL,
    UNWELL,
    NOTHING
  }

  public HomeFinding {
    requireNonNull(id, "id is null");
    requireNonNull(state, "state is null");
    requireNonNull(text, "text is null");
  }
}
