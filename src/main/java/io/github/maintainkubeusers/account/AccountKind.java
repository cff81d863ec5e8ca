package io.github.maintainkubeusers.account;

/**
 * What an account is: a tenant with a namespace of its own, a person who may impersonate, or a
 * program that the configuration declares.
 */
public enum AccountKind {
  TOOL("tool"),
  ADMIN("admin"),
  SERVICE("service");

  private final String label;

  AccountKind(String label) {
    this.label = label;
  }

  /** The word for it in groups, labels, metrics and messages. */
  public String label() {
    return label;
  }

  /** Whether its credentials are put into a home; else into a Secret. */
  public boolean hasHome() {
    return this != SERVICE;
  }
}
