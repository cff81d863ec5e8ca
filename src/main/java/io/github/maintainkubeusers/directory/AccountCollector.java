package io.github.maintainkubeusers.directory;

import com.unboundid.ldap.sdk.Entry;
import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AsciiCase;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.DirectorySnapshot.Origin;
import io.github.maintainkubeusers.account.Gid;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.account.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Makes of each entry an account, or holds it; gathers both. */
final class AccountCollector {
  private final Instant now;
  private final List<Account> accounts = new ArrayList<>();
  private final List<Held> held = new ArrayList<>();
  private final Set<String> asked = new HashSet<>();
  private final Set<String> seen = new HashSet<>();

  /**
   * @param now when locks are judged that begin at a time
   */
  AccountCollector(Instant now) {
    this.now = now;
  }

  void add(AccountKind kind, String written, AccountAttributes attributes, Entry entry) {
    String name = attributes.lowerCase() ? AsciiCase.folded(written) : written;
    for (String attribute : attributes.locks().attributes()) {
      asked.add(attribute);
      if (!seen.contains(attribute) && entry.hasAttribute(attribute)) {
        seen.add(attribute);
      }
    }
    Locks.Reading locks = attributes.locks().read(entry, now);
    boolean disabled = locks.locked();
    try {
      refuseDuplicate(entry);
      refuseUnlessUnderstood(locks);
      AccountId id = value(HoldReason.INVALID_NAME, text -> AccountId.of(kind, text), name);
      Uid uid = value(HoldReason.INVALID_UID, Uid::parse, single(entry, attributes.uid()));
      HomePath home = value(HoldReason.INVALID_HOME, HomePath::new, home(id, attributes, entry));
      Gid gid =
          attributes.gid().equals(AccountAttributes.SAME_AS_UID)
              ? Gid.equalTo(uid)
              : value(HoldReason.INVALID_GID, Gid::parse, single(entry, attributes.gid()));
      accounts.add(new Account(id, uid, gid, home, disabled));
    } catch (UnfitException e) {
      held.add(new Held(kind, name, e.reason, e.getMessage(), disabled));
    }
  }

  void hold(AccountKind kind, String name, String explanation) {
    held.add(new Held(kind, name, HoldReason.MALFORMED_ENTRY, explanation));
  }

  DirectorySnapshot snapshot(Instant readAt, Origin origin) {
    return new DirectorySnapshot(accounts, held, readAt, Optional.of(origin));
  }

  /** Of the attributes that lock, those that no entry had. */
  Set<String> unseen() {
    var unseen = new TreeSet<>(asked);
    unseen.removeAll(seen);
    return unseen;
  }

  private static void refuseDuplicate(Entry entry) throws UnfitException {
    Optional<String> explanation = Duplicates.explain(entry.getDN());
    if (explanation.isPresent()) {
      throw new UnfitException(HoldReason.DUPLICATE_ENTRY, explanation.get());
    }
  }

  private static void refuseUnlessUnderstood(Locks.Reading locks) throws UnfitException {
    if (!locks.locked() && !locks.faults().isEmpty()) {
      throw new UnfitException(HoldReason.MALFORMED_ENTRY, String.join("; ", locks.faults()));
    }
  }

  private static String home(AccountId id, AccountAttributes attributes, Entry entry)
      throws UnfitException {
    Optional<String> path = attributes.homeOf(id);
    return path.isPresent() ? path.get() : single(entry, attributes.home());
  }

  private static String single(Entry entry, String attribute) throws UnfitException {
    String[] values = entry.getAttributeValues(attribute);
    if (values == null || values.length != 1) {
      String count = values == null ? "no value" : values.length + " values";
      throw new UnfitException(
          HoldReason.MALFORMED_ENTRY,
          "the entry "
              + ShownDn.of(entry.getDN())
              + " has "
              + count
              + " of "
              + attribute
              + ", not one");
    }
    return values[0];
  }

  private static <T> T value(HoldReason reason, Function<String, T> maker, String text)
      throws UnfitException {
    try {
      return maker.apply(text);
    } catch (InvalidValueException e) {
      throw new UnfitException(reason, e.getMessage(), e);
    }
  }

  private static final class UnfitException extends Exception {
    private static final long serialVersionUID = 1;
    private final HoldReason reason;

    UnfitException(HoldReason reason, String message) {
      this(reason, message, null);
    }

    UnfitException(HoldReason reason, String message, Throwable cause) {
      super(message, cause);
      this.reason = reason;
    }
  }
}
