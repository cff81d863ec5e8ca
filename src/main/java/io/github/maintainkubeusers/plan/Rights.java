package io.github.maintainkubeusers.plan;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Says which credentials of an account have rights now. This is the only place that decides it;
 * every plan carries it out. The truth table is in docs/accounts.md.
 */
public final class Rights {
  /** Each kill of the controller between binding and recording can leave one. */
  private static final int MOST_UNRECORDED = 2;

  private Rights() {}

  /** The credentials that have rights, of those that record and bindings name. */
  public static Set<CredentialId> of(Target target, Observed observed, Instant now) {
    return switch (target) {
      case Target.Gone _, Target.Disabled _ -> Set.of();
      case Target.Wanted(Account account, _) -> ofOwner(observed, Optional.of(account.uid()), now);
      case Target.OnHold(_, _, var uid) ->
          suspended(observed) ? Set.of() : ofOwner(observed, uid, now);
      case Target.Kept _ ->
          suspended(observed) ? Set.of() : ofOwner(observed, Optional.empty(), now);
    };
  }

  /**
   * Whether the recorded account belonged to another user id: its owner is gone, whoever has the
   * name now.
   */
  static boolean isOfAnotherOwner(Observed observed, Uid uid) {
    return observed.record().known().filter(record -> !record.uid().equals(uid)).isPresent();
  }

  /**
   * Whether an admin revoked the credentials that the account has: the recorded ones, or legacy
   * ones.
   */
  static boolean areRevoked(Observed observed) {
    return observed
        .record()
        .known()
        .flatMap(AccountRecord::credentialId)
        .or(() -> observed.isLegacy() ? Optional.of(CredentialId.LEGACY) : Optional.empty())
        .filter(observed.facts()::revoke)
        .isPresent();
  }

  /**
   * The newest ID that record, bindings and revocation name; that of legacy credentials when there
   * is no other.
   */
  public static CredentialId newest(Observed observed) {
    return named(observed).max(Comparator.naturalOrder()).orElse(CredentialId.LEGACY);
  }

  /** Whether nothing that record and bindings name is newer. */
  static boolean isNewest(CredentialId id, Observed observed) {
    return named(observed).noneMatch(other -> other.compareTo(id) > 0);
  }

  private static Stream<CredentialId> named(Observed observed) {
    return Stream.of(
            bound(observed).stream(),
            observed.record().known().flatMap(AccountRecord::credentialId).stream(),
            observed.facts().revocation().map(AdminFacts.Revocation::upTo).stream())
        .flatMap(Function.identity())
        .filter(id -> !id.equals(CredentialId.LEGACY));
  }

  /**
   * Whether bindings name credentials that the record does not: those of a controller that was
   * killed before it recorded them, or of another one that is at work by mistake.
   */
  public static boolean hasUnrecorded(Observed observed) {
    return observed
        .record()
        .known()
        .filter(record -> bound(observed).stream().anyMatch(id -> !isRecorded(id, record)))
        .isPresent();
  }

  private static boolean isRecorded(CredentialId id, AccountRecord record) {
    return id.equals(CredentialId.LEGACY)
        || record.credentialId().filter(id::equals).isPresent()
        || record.previous().stream().anyMatch(previous -> previous.id().equals(id));
  }

  /** The subjects by which bindings name these credentials. */
  public static Set<Subject> subjects(AccountId id, Set<CredentialId> credentials) {
    var subjects = new HashSet<Subject>();
    for (CredentialId credential : credentials) {
      subjects.add(subject(id, credential));
    }
    return subjects;
  }

  private static Set<CredentialId> ofOwner(Observed observed, Optional<Uid> uid, Instant now) {
    if (uid.filter(owner -> isOfAnotherOwner(observed, owner)).isPresent()) {
      return Set.of();
    }
    Set<CredentialId> known =
        switch (observed.record()) {
          case RecordState.Known(AccountRecord record) -> ofRecorded(observed, record, now);
          case RecordState.None() -> ofUnrecorded(observed);
          case RecordState.Unreadable _ -> Set.copyOf(bound(observed));
        };
    return observed.facts().revocation().isEmpty()
        ? known
        : known.stream().filter(id -> !observed.facts().revoke(id)).collect(toUnmodifiableSet());
  }

  /** The newest credentials, and superseded ones while their time lasts. */
  private static Set<CredentialId> ofRecorded(
      Observed observed, AccountRecord record, Instant now) {
    var credentials = new HashSet<CredentialId>();
    record.credentialId().ifPresent(credentials::add);
    if (record.state() != AccountState.QUARANTINED) {
      for (AccountRecord.Previous previous : record.previousAt(now)) {
        credentials.add(previous.id());
      }
      credentials.addAll(newest(bound(observed), id -> isAfter(id, record)));
    }
    return credentials;
  }

  /**
   * Made after what is recorded: the controller was killed between binding them and recording them,
   * and they may be what is in the home.
   */
  private static boolean isAfter(CredentialId id, AccountRecord record) {
    if (record.credential().isEmpty() || isRecorded(id, record)) {
      return false;
    }
    CredentialId recorded = record.credential().get().id();
    return recorded.equals(CredentialId.LEGACY) || id.compareTo(recorded) > 0;
  }

  /** What an earlier controller gave an account, or this one just before it was killed. */
  private static Set<CredentialId> ofUnrecorded(Observed observed) {
    var credentials = new HashSet<CredentialId>();
    List<CredentialId> bound = bound(observed);
    newest(bound, id -> !id.equals(CredentialId.LEGACY)).forEach(credentials::add);
    if (bound.contains(CredentialId.LEGACY)) {
      credentials.add(CredentialId.LEGACY);
    }
    return credentials;
  }

  private static Set<CredentialId> newest(
      List<CredentialId> credentials, Predicate<CredentialId> which) {
    var newest = new TreeSet<CredentialId>();
    for (CredentialId id : credentials) {
      if (which.test(id)) {
        newest.add(id);
      }
    }
    while (newest.size() > MOST_UNRECORDED) {
      newest.pollFirst();
    }
    return newest;
  }

  private static boolean suspended(Observed observed) {
    return observed.isIn(AccountState.QUARANTINED);
  }

  private static Subject subject(AccountId id, CredentialId credential) {
    return credential.hasGroup()
        ? Subject.group(credential.group(id))
        : Subject.user(id.name().value());
  }

  /** Loops, not streams: each pass comes here for each account. */
  private static List<CredentialId> bound(Observed observed) {
    AccountId id = observed.id();
    var bound = new ArrayList<CredentialId>();
    for (ObservedBinding binding : observed.bindings().values()) {
      for (Subject subject : binding.subjects()) {
        switch (subject.type()) {
          case GROUP -> CredentialId.ofGroup(id, subject.name()).ifPresent(bound::add);
          case USER -> {
            if (subject.equals(subject(id, CredentialId.LEGACY))) {
              bound.add(CredentialId.LEGACY);
            }
          }
          case OTHER -> {
            // nobody's credentials
          }
        }
      }
    }
    return bound;
  }
}
