package io.github.maintainkubeusers.reconcile;

/** What a pass does, one after the other. */
public enum Stage {
  /** Reads the directory whole. */
  DIRECTORY("directory"),
  /** Lists what the cluster holds, the first time. */
  MIRRORS("mirrors"),
  /** Takes away what nobody needs any more. */
  TIDYING("tidying"),
  /** Decides whose access is taken away. */
  REMOVALS("departures"),
  /** Works on accounts, side by side. */
  ACCOUNTS("accounts");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  /** The word for it in metrics. */
  public String label() {
    return label;
  }
}
