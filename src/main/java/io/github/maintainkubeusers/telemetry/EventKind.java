package io.github.maintainkubeusers.telemetry;

import java.util.Locale;

/**
 * What people are told by events. Of each kind, a namespace has one, which is brought up to date.
 */
enum EventKind {
  CREDENTIALS_ISSUED("CredentialsIssued", false),
  CREDENTIALS_RENEWED("CredentialsRenewed", false),
  REFRESH_DELAYED("RefreshDelayed", true),
  KUBECONFIG_UNREADABLE("KubeconfigUnreadable", true),
  HOME_BLOCKED("HomeBlocked", true),
  QUARANTINED("Quarantined", true),
  RESTORED("Restored", false),
  HELD("Held", true),
  ACCOUNTS_HELD("AccountsHeld", true),
  REMOVALS_REFUSED("RemovalsRefused", true);

  private final String reason;
  private final boolean warning;

  EventKind(String reason, boolean warning) {
    this.reason = reason;
    this.warning = warning;
  }

  String reason() {
    return reason;
  }

  boolean isWarning() {
    return warning;
  }

  /** The name of the event's object, the same each time; the controller's rights name it. */
  String objectName() {
    return "maintain-kubeusers." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
