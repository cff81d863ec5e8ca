package io.github.maintainkubeusers.directory;

import io.github.maintainkubeusers.account.DirectorySnapshot;
import java.util.List;

/** The place that says who exists. */
public interface Directory extends AutoCloseable {
  /**
   * All accounts, read anew.
   *
   * @throws DirectoryException when any part of them could not be read
   */
  DirectorySnapshot read();

  /**
   * The same of all other servers that answer; of the same one once more where no other does.
   *
   * @throws DirectoryException when none answers
   */
  List<DirectorySnapshot> readOthers(DirectorySnapshot first);

  /** Breaks off a reading under way; later ones fail. */
  @Override
  void close();
}
