package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.account.Account;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Operations on homes. Every one may fail with a {@link HomeException} that names home, file and
 * cause.
 */
public interface Homes extends AutoCloseable {
  /**
   * Creates what is missing of the home and the folders in it, with owner and mode; what exists is
   * left as it is.
   */
  void prepare(Account account);

  /** The contents of those of the files that exist. */
  Map<HomeFile, byte[]> read(Account account, Set<HomeFile> files);

  /**
   * Puts the files into the home: all new content is written and synced under other names first,
   * then renamed into place in the order of the list. A file that holds the content already, with
   * owner and mode, is left as it is.
   *
   * @return the files that were changed
   * @throws HomeException also when a file to be replaced no longer holds what the new content was
   *     made from
   */
  Set<HomeFile> write(Account account, List<HomeWrite> writes);

  /** Sets or removes the file {@code k8s.disabled}, which tells the owner and its scripts. */
  void markDisabled(Account account, boolean disabled);

  /** Whether the file {@code k8s.disabled} is there. */
  boolean isMarkedDisabled(Account account);

  @Override
  void close();
}
