package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.AccountRecord;
import java.util.Optional;

/** What stands where an account's record should be. */
public sealed interface RecordState {
  record None() implements RecordState {}

  record Known(AccountRecord value) implements RecordState {}

  /**
   * @param why a sentence for a person
   */
  record Unreadable(String why) implements RecordState {}

  default Optional<AccountRecord> known() {
    return this instanceof Known(AccountRecord value) ? Optional.of(value) : Optional.empty();
  }
}
