package io.github.maintainkubeusers.account;

/**
 * A user id. Never root's: an account of this program is not root, whatever the directory says. At
 * most 2^31-1, which every filesystem and NFS server takes.
 */
public record Uid(int value) {
  public Uid {
    if (value <= 0) {
      throw new InvalidValueException(
          "the user id " + value + " is not between 1 and " + Integer.MAX_VALUE);
    }
  }

  /**
   * @throws InvalidValueException when the text is not a decimal number from 1 to 2^31-1
   */
  public static Uid parse(String text) {
    return new Uid(
        IdNumber.parse(text)
            .orElseThrow(
                () ->
                    new InvalidValueException(
                        "the user id "
                            + InvalidValueException.quoted(text)
                            + " is not a number between 1 and "
                            + Integer.MAX_VALUE)));
  }

  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
