package io.github.maintainkubeusers.directory;

/** Reads the accounts of one kind from a server. */
@FunctionalInterface
interface AccountReader {
  /**
   * @throws DirectoryException when any part of them could not be read
   */
  void read(PagedSearch search, AccountCollector into);
}
