package io.github.maintainkubeusers.directory;

import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of attributes that would lock an account and that no entry has, whenever these become
 * others.
 */
final class UnseenLocks {
  private static final Logger LOG = LoggerFactory.getLogger(UnseenLocks.class);

  private Set<String> told = Set.of();

  synchronized void log(Set<String> unseen) {
    if (!unseen.isEmpty() && !unseen.equals(told)) {
      LOG.info(
          "No entry has {}: no account is disabled by it, or this bind DN may not read it", unseen);
    }
    told = Set.copyOf(unseen);
  }
}
