package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.AccountId;
import java.util.Set;

/** What accounts are to have. */
public interface Catalogue {
  Blueprint of(AccountId id);

  /** The kinds of objects that any account has or can have. */
  Set<ObjectKind> kinds();

  /**
   * Takes in what operators have changed since. Throws when that makes no sense, with all that is
   * wrong; then everything stays as it was.
   */
  void refresh();
}
