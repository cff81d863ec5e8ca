package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.Target;
import io.github.maintainkubeusers.plan.WantedAccounts;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is to become of each account, as the last pass found it. Replaced as a whole. */
final class Targets {
  private static final String UNDECIDED = "the next pass decides whether the directory is believed";

  private final Catalogue catalogue;
  private volatile State state = new State(WantedAccounts.NONE, Set.of(), UNDECIDED);

  /**
   * @param removable the accounts whose access may be taken away
   * @param refusal why no other's may
   */
  private record State(WantedAccounts wanted, Set<AccountId> removable, String refusal) {}

  Targets(Catalogue catalogue) {
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
  }

  Target of(AccountId id) {
    return of(state.wanted(), id);
  }

  Target of(WantedAccounts wanted, AccountId id) {
    return wanted.target(id, catalogue);
  }

  /**
   * Instead of {@link #of}, for an account whose plan takes its access away: what may become of it
   * now.
   */
  Target permitted(AccountId id) {
    State now = state;
    return now.removable().contains(id) ? of(now.wanted(), id) : new Target.Kept(id, now.refusal());
  }

  /**
   * The accounts of which the directory says something else than when it was last decided: the
   * home, say.
   */
  Set<AccountId> changed(WantedAccounts wanted) {
    Map<AccountId, Account> before = state.wanted().accounts();
    var changed = new HashSet<AccountId>();
    for (Account account : wanted.accounts().values()) {
      Account known = before.get(account.id());
      if (known != null && !known.equals(account)) {
        changed.add(account.id());
      }
    }
    return changed;
  }

  /**
   * @param removable the accounts whose access may be taken away from now on
   */
  void decide(WantedAccounts wanted, Set<AccountId> removable) {
    state = new State(wanted, Set.copyOf(removable), UNDECIDED);
  }

  /** Nobody's access may be taken away. */
  void refuse(WantedAccounts wanted, String refusal) {
    state = new State(wanted, Set.of(), refusal);
  }
}
