package io.github.maintainkubeusers.account;

/** What an account's record says of its access. Revocation is no state: see {@link AdminFacts}. */
public enum AccountState {
  ACTIVE("active"),
  /** It has all its rights. Its owner requested new credentials too often and gets them later. */
  REFRESH_DELAYED("refresh-delayed"),
  /** It has no rights and no pods, but everything else, until it comes back or is removed. */
  QUARANTINED("quarantined");

  private final String label;

  AccountState(String label) {
    this.label = label;
  }

  /** The word for it in records. */
  public String label() {
    return label;
  }

  /** The state of an account that has all its rights. */
  public static AccountState whileRefreshWaits(boolean waits) {
    return waits ? REFRESH_DELAYED : ACTIVE;
  }

  static AccountState parse(String text) {
    for (AccountState state : values()) {
      if (state.label.equals(text)) {
        return state;
      }
    }
    throw new InvalidValueException(
        "the state " + InvalidValueException.quoted(text) + " is unknown");
  }
}
