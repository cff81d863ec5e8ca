package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AsciiCase;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.account.Uid;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Separates the accounts of a snapshot that may be provisioned from those that must be held. A pure
 * function.
 */
public final class Admission {
  /** Between an admin's name and {@code -binding}, in the name of the binding that lets it view. */
  private static final String VIEW_SUFFIX = "-view";

  /**
   * The kernel's overflow id: what file servers and user namespaces give to those whom they do not
   * know.
   */
  private static final int NOBODY = 65_534;

  /** The kinds of accounts that the directory has. */
  private static final Set<AccountKind> DIRECTORY = EnumSet.of(AccountKind.TOOL, AccountKind.ADMIN);

  private final AdmissionPolicy policy;
  private final Services services;

  public Admission(AdmissionPolicy policy) {
    this(policy, Services.NONE);
  }

  /**
   * @param services that are to be provisioned beside the accounts of the directory
   */
  public Admission(AdmissionPolicy policy, Services services) {
    this.services = requireNonNull(services, "services is null");
    this.policy = requireNonNull(policy, "policy is null");
  }

  /**
   * @param recorded whether the cluster has a record of an account
   */
  public WantedAccounts admit(DirectorySnapshot snapshot, Predicate<AccountId> recorded) {
    var census = new Census(snapshot);
    var accounts = new LinkedHashMap<AccountId, Account>();
    var onHold = new LinkedHashMap<AccountId, WantedAccounts.Entry>();
    for (Account account : snapshot.accounts()) {
      objection(account, census, recorded)
          .ifPresentOrElse(
              held -> onHold.put(account.id(), entry(held, Optional.of(account.uid()), census)),
              () -> accounts.put(account.id(), account));
    }
    for (Account service : services.accounts()) {
      objection(service, census)
          .ifPresentOrElse(
              held -> onHold.put(service.id(), entry(held, Optional.of(service.uid()), census)),
              () -> accounts.put(service.id(), service));
    }
    var unnamed = new ArrayList<Held>();
    for (Held held : snapshot.held()) {
      idOf(held)
          .ifPresentOrElse(
              id -> {
                accounts.remove(id);
                onHold.merge(id, entry(held, Optional.empty(), census), Admission::clearer);
              },
              () -> unnamed.add(held));
    }
    return new WantedAccounts(accounts, onHold, unnamed);
  }

  /** What is said of a duplicate says more than that there are two. */
  private static WantedAccounts.Entry clearer(
      WantedAccounts.Entry there, WantedAccounts.Entry other) {
    return other.held().reason() == HoldReason.DUPLICATE_ENTRY
        ? new WantedAccounts.Entry(other.held(), there.uid())
        : there;
  }

  /** The account that an entry would be: directories compare names regardless of case. */
  private static Optional<AccountId> idOf(Held held) {
    try {
      return Optional.of(AccountId.of(held.kind(), folded(held.name())));
    } catch (InvalidValueException _) {
      return Optional.empty();
    }
  }

  private static String folded(String name) {
    return AsciiCase.folded(name);
  }

  private static WantedAccounts.Entry entry(Held held, Optional<Uid> uid, Census census) {
    boolean locked = held.locked() || census.isLocked(held.kind(), held.name());
    return new WantedAccounts.Entry(
        new Held(held.kind(), held.name(), held.reason(), held.explanation(), locked), uid);
  }

  private Optional<Held> objection(Account account, Census census, Predicate<AccountId> recorded) {
    AccountId id = account.id();
    String name = id.name().value();
    if (census.entries(id.kind(), name) > 1) {
      return hold(
          id,
          HoldReason.DUPLICATE_ENTRY,
          "the directory has " + census.entries(id.kind(), name) + " entries of it");
    }
    if (policy.reserves(name)) {
      return hold(id, HoldReason.RESERVED_NAME, "the name is reserved");
    }
    if (id.kind() == AccountKind.ADMIN && name.endsWith(VIEW_SUFFIX)) {
      return hold(
          id,
          HoldReason.RESERVED_NAME,
          "the name of an admin cannot end in "
              + VIEW_SUFFIX
              + ": its binding "
              + name
              + "-binding would be the one that lets the admin "
              + name.substring(0, name.length() - VIEW_SUFFIX.length())
              + " view");
    }
    if (census.isOfEveryKind(name) && !recorded.test(id)) {
      return hold(
          id,
          HoldReason.NAME_OF_TOOL_AND_ADMIN,
          "a tool and an admin have this name, and this account" + " has no record");
    }
    if (account.uid().value() < policy.uidFloor()) {
      return hold(
          id,
          HoldReason.UID_BELOW_FLOOR,
          "its user id " + account.uid() + " is below " + policy.uidFloor());
    }
    if (account.gid().value() < policy.uidFloor()) {
      return hold(
          id,
          HoldReason.GID_BELOW_FLOOR,
          "its group id " + account.gid() + " is below " + policy.uidFloor());
    }
    if (account.uid().value() == NOBODY || account.gid().value() == NOBODY) {
      return hold(
          id,
          HoldReason.ID_OF_NOBODY,
          "its user or group id "
              + NOBODY
              + " is that of user nobody: the account would own files whose owner is unknown");
    }
    if (!policy.sharedUids() && census.uids.get(account.uid()).size() > 1) {
      return hold(
          id,
          HoldReason.SHARED_UID,
          "its user id "
              + account.uid()
              + " belongs also to "
              + others(id, census.uids.get(account.uid())));
    }
    return homeObjection(account, census);
  }

  /** Its certificate would be for the same User. */
  private Optional<Held> objection(Account service, Census census) {
    String name = service.id().name().value();
    for (AccountKind kind : DIRECTORY) {
      if (census.entries(kind, name) > 0) {
        return hold(
            service.id(),
            HoldReason.RESERVED_NAME,
            "the directory has the "
                + kind.label()
                + " "
                + name
                + ": declare the service by another name");
      }
    }
    return policy.reserves(name)
        ? hold(service.id(), HoldReason.RESERVED_NAME, "the name is reserved")
        : Optional.empty();
  }

  private Optional<Held> homeObjection(Account account, Census census) {
    AccountId id = account.id();
    List<HomePath> roots = policy.roots(id.kind());
    if (!isBelowAny(account.home(), roots)) {
      return hold(
          id,
          HoldReason.HOME_OUTSIDE_ROOTS,
          "its home "
              + account.home()
              + " is not below "
              + roots.stream().map(HomePath::value).collect(joining(" or ")));
    }
    if (census.homes.get(account.home()).size() > 1) {
      return hold(
          id,
          HoldReason.SHARED_HOME,
          "its home "
              + account.home()
              + " belongs also to "
              + others(id, census.homes.get(account.home())));
    }
    return Optional.empty();
  }

  private static boolean isBelowAny(HomePath home, List<HomePath> roots) {
    for (HomePath root : roots) {
      if (home.isBelow(root)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Held> hold(AccountId id, HoldReason reason, String explanation) {
    return Optional.of(Held.of(id, reason, explanation));
  }

  private static String others(AccountId id, List<Account> owners) {
    String named =
        owners.stream()
            .map(Account::id)
            .filter(other -> !other.equals(id))
            .sorted()
            .limit(3)
            .map(AccountId::toString)
            .collect(joining(", "));
    return owners.size() > 4 ? named + " and " + (owners.size() - 4) + " more" : named;
  }

  /**
   * Who else has the same name, user id or home. Of malformed entries, only the names count: the
   * rest is not known.
   */
  private static final class Census {
    private final Map<AccountKind, Map<String, Integer>> entries = new EnumMap<>(AccountKind.class);
    private final Map<AccountKind, Set<String>> locked = new EnumMap<>(AccountKind.class);
    private final Map<Uid, List<Account>> uids;
    private final Map<HomePath, List<Account>> homes;

    Census(DirectorySnapshot snapshot) {
      for (AccountKind kind : AccountKind.values()) {
        entries.put(kind, new HashMap<>());
        locked.put(kind, new HashSet<>());
      }
      for (Account account : snapshot.accounts()) {
        count(account.id().kind(), account.id().name().value(), account.disabled());
      }
      for (Held held : snapshot.held()) {
        count(held.kind(), folded(held.name()), held.locked());
      }
      uids = by(snapshot.accounts(), Account::uid);
      homes = by(snapshot.accounts(), Account::home);
    }

    private void count(AccountKind kind, String name, boolean isLocked) {
      entries.get(kind).merge(name, 1, Integer::sum);
      if (isLocked) {
        locked.get(kind).add(name);
      }
    }

    int entries(AccountKind kind, String name) {
      return entries.get(kind).getOrDefault(folded(name), 0);
    }

    boolean isOfEveryKind(String name) {
      for (AccountKind kind : DIRECTORY) {
        if (entries(kind, name) == 0) {
          return false;
        }
      }
      return true;
    }

    /** Whether any entry of this name is locked. */
    boolean isLocked(AccountKind kind, String name) {
      return locked.get(kind).contains(folded(name));
    }

    private static <K> Map<K, List<Account>> by(List<Account> accounts, Function<Account, K> key) {
      return accounts.stream().collect(groupingBy(key));
    }
  }
}
