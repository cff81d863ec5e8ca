package io.github.maintainkubeusers.certificates;

/** How it is known what a certificate is. */
public enum Evidence {
  /** A server showed it. */
  SERVED("served"),
  /** It stands in a file or object. */
  STORED("stored"),
  /** Only what was noted of it when it was issued. */
  RECORDED("recorded");

  private final String label;

  Evidence(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
