package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

/**
 * An account as the directory has it, or the configuration.
 *
 * @param gid of the group that its files belong to
 */
public record Account(AccountId id, Uid uid, Gid gid, HomePath home, boolean disabled) {
  /**
   * Of an account that has no Unix user: the kernel's overflow id, which no account of the
   * directory may have.
   */
  static final Uid NOBODY = new Uid(65_534);

  /** Of an account that has no home, as Debian has it. */
  static final HomePath NO_HOME = new HomePath("/nonexistent");

  public Account {
    requireNonNull(id, "id is null");
    requireNonNull(uid, "uid is null");
    requireNonNull(gid, "gid is null");
    requireNonNull(home, "home is null");
  }

  /** Whose group has the number of its user. */
  public Account(AccountId id, Uid uid, HomePath home, boolean disabled) {
    this(id, uid, Gid.equalTo(uid), home, disabled);
  }

  @Override
  public String toString() {
    return id.toString();
  }
}
