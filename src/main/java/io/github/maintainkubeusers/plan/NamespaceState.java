package io.github.maintainkubeusers.plan;

/**
 * What stands under the name of a tool's namespace. Admins have none of their own: theirs is always
 * READY.
 */
public enum NamespaceState {
  ABSENT,
  /** Ours, with its labels. */
  READY,
  /** Ours, with its own labels, but without those that its template gives it. */
  OUTDATED,
  /** Ours by its record, but its labels are not as they should be. */
  UNLABELLED,
  /** Being deleted: nothing can be made in it until it is gone. */
  TERMINATING,
  /** Of our name, but without our labels and record: somebody else's. */
  FOREIGN;

  /** Whether it is ours and not being deleted. What stands in another is not touched. */
  public boolean isOurs() {
    return switch (this) {
      case READY, OUTDATED, UNLABELLED -> true;
      case ABSENT, TERMINATING, FOREIGN -> false;
    };
  }
}
