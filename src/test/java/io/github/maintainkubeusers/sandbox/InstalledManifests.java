package io.github.maintainkubeusers.sandbox;

/** A way to bring the controller into this cluster, and to take it out. */
interface InstalledManifests {
  /** Installs the image with this tag, or brings it in place of another. */
  void roll(String tag);

  /** Goes back to the version before, as docs/operations.md says. */
  void rollBack();

  /** Takes the controller away, and leaves what it has made. */
  void remove();
}
