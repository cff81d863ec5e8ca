package io.github.maintainkubeusers.report;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;

/**
 * How an account is, in one word: that of its record, unless something else matters more. Those in
 * need come first.
 */
public enum Condition {
  /** Its certificate has ended, so that its owner is locked out. */
  EXPIRED("expired"),
  /** Somebody has to correct what the directory or the cluster says of it. */
  HELD("held"),
  /** It would lose its access, and the pass does not believe that. */
  REMOVAL_REFUSED("removal-refused"),
  /** An admin revoked its credentials, and there are no new ones yet. */
  REVOKED("revoked"),
  /** The controller cannot do what is to be done for it. */
  FAILING("failing"),
  /** The cluster holds no record of it. */
  UNRECORDED("unrecorded"),
  REFRESH_DELAYED("refresh-delayed"),
  QUARANTINED("quarantined"),
  ACTIVE("active");

  private final String label;

  Condition(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** Whether somebody is, or soon may be, without the access that is theirs. */
  public boolean isUnwell() {
    return compareTo(UNRECORDED) < 0;
  }

  /**
   * @throws IllegalArgumentException naming what there is
   */
  public static Condition parse(String text) {
    return Arrays.stream(values())
        .filter(condition -> condition.label.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "is none of "
                        + Arrays.stream(values()).map(Condition::label).collect(joining(", "))));
  }
}
