package io.github.maintainkubeusers.linux;

/** The capabilities this program can use, with their bit numbers. */
public enum Capability {
  CAP_CHOWN(0),
  CAP_SETGID(6),
  CAP_SETUID(7);

  private final int bit;

  Capability(int bit) {
    this.bit = bit;
  }

  boolean isIn(long set) {
    return (set >>> bit & 1) == 1;
  }
}
