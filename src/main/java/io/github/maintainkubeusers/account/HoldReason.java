package io.github.maintainkubeusers.account;

/** Why nothing is made for an account until somebody has corrected the cause. */
public enum HoldReason {
  INVALID_NAME("invalid-name"),
  RESERVED_NAME("reserved-name"),
  NAME_OF_TOOL_AND_ADMIN("name-of-tool-and-admin"),
  INVALID_UID("invalid-uid"),
  UID_BELOW_FLOOR("uid-below-floor"),
  SHARED_UID("shared-uid"),
  INVALID_GID("invalid-gid"),
  GID_BELOW_FLOOR("gid-below-floor"),
  ID_OF_NOBODY("id-of-nobody"),
  INVALID_HOME("invalid-home"),
  HOME_OUTSIDE_ROOTS("home-outside-roots"),
  SHARED_HOME("shared-home"),
  DUPLICATE_ENTRY("duplicate-entry"),
  MALFORMED_ENTRY("malformed-entry"),
  NAME_REUSED("name-reused"),
  NAME_HAS_OTHER_RIGHTS("name-has-other-rights"),
  FOREIGN_NAMESPACE("foreign-namespace"),
  OTHER_PROJECT("other-project"),
  SECRET_UNUSABLE("secret-unusable"),
  UNREADABLE_RECORD("unreadable-record");

  private final String label;

  HoldReason(String label) {
    this.label = label;
  }

  /** The word for it in metrics and events. */
  public String label() {
    return label;
  }
}
