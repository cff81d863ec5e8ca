package io.github.maintainkubeusers.account;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

/** The id of an account's own group. Never root's, and at most 2^31-1, as a {@link Uid}. */
public record Gid(int value) {
  public Gid {
    if (value <= 0) {
      throw new InvalidValueException(
          "the group id " + value + " is not between 1 and " + Integer.MAX_VALUE);
    }
  }

  /** Of the group that has the number of its only user. */
  public static Gid equalTo(Uid uid) {
    return new Gid(uid.value());
  }

  /**
   * @throws InvalidValueException when the text is not a decimal number from 1 to 2^31-1
   */
  public static Gid parse(String text) {
    return new Gid(
        IdNumber.parse(text)
            .orElseThrow(
                () ->
                    new InvalidValueException(
                        "the group id "
                            + quoted(text)
                            + " is not a number between 1 and "
                            + Integer.MAX_VALUE)));
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
