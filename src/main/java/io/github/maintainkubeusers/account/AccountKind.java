package io.github.maintainkubeusers.account;

/** What an account is: a tenant with a namespace of its own, or a person who may impersonate. */
public enum AccountKind {
  TOOL("tool"),
  ADMIN("admin");

  private final String label;

  AccountKind(String label) {
    this.label = label;
  }

  /** The word for it in groups, labels, metrics and messages. */
  public String label() {
    return label;
  }
}
