package io.github.maintainkubeusers.certificates;

/** How a certificate is. */
public enum CertificateState {
  WELL("well", 0),
  /** Something about it could not be looked at. */
  UNKNOWN("unknown", 1),
  /** It works, and ends soon. */
  ENDS("ends", 2),
  ENDED("ended", 3),
  /** It cannot serve its purpose. */
  BROKEN("broken", 3);

  private final String label;
  private final int rank;

  CertificateState(String label, int rank) {
    this.label = label;
    this.rank = rank;
  }

  public String label() {
    return label;
  }

  /** Whether somebody has to do something. */
  public boolean isAlarm() {
    return rank >= ENDS.rank;
  }

  public boolean isWorseThan(CertificateState other) {
    return rank > other.rank;
  }
}
