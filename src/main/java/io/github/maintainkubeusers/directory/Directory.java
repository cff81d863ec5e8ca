package io.github.maintainkubeusers.directory;

import io.github.maintainkubeusers.account.DirectorySnapshot;

/** The place that says who exists. */
public interface Directory extends AutoCloseable {
  /**
   * All accounts, read anew.
   *
   * @throws DirectoryException when any part of them could not be read
   */
  DirectorySnapshot read();

  /** Breaks off a reading under way; later ones fail. */
  @Override
  void close();
}
