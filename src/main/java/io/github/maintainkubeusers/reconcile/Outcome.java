package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.account.Held;
import java.time.Instant;
import java.util.Optional;

/** What came of one account in one pass. */
public sealed interface Outcome {
  /**
   * @param why what there was to do, in a word: new, refresh, renewal, repair
   */
  record Done(String why) implements Outcome {}

  record Unchanged() implements Outcome {}

  /** Something that passes by itself stands in the way. */
  record Pending(String reason) implements Outcome {}

  record OnHold(Held held) implements Outcome {}

  /** Its access was not taken away, though the directory seems to want that: see {@code Brake}. */
  record Refused(String reason) implements Outcome {}

  /**
   * @param message what could not be done, to which object, and why
   * @param retryAt when it may be tried again; empty when every pass may
   */
  record Failed(String message, Optional<Instant> retryAt) implements Outcome {}
}
