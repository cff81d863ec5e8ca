package io.github.maintainkubeusers.plan;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.account.CredentialId;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.Tombstone;
import io.github.maintainkubeusers.account.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a cluster holds of an account, from a complete one with what a test changes in it. */
public final class ObservedBuilder {
  static final Duration GRACE = Duration.ofMinutes(10);

  private final AccountId id;
  private NamespaceState namespace = NamespaceState.READY;
  private RecordState record = new RecordState.None();
  private AdminFacts facts = AdminFacts.NONE;
  private Optional<Optional<CredentialStatus>> status = Optional.empty();
  private final Map<ManagedObject, String> contents = new HashMap<>();
  private final Map<ManagedObject, ObservedBinding> bindings = new HashMap<>();
  private boolean suspended;
  private Optional<Tombstone> tombstone = Optional.empty();
  private Optional<String> otherRights = Optional.empty();

  private ObservedBuilder(AccountId id) {
    this.id = id;
    Blueprints.of(id)
        .contents()
        .forEach(object -> contents.put(object.object(), object.fingerprint()));
  }

  /**
   * Provisioned at this time for a year, with credentials of this number, the grace period long
   * over.
   */
  public static ObservedBuilder provisioned(AccountId id, int number, Instant since) {
    return new ObservedBuilder(id).record(record(number, since)).bound(groups(id, number));
  }

  /** The record of credentials of this number, which replaced those of the number before. */
  public static AccountRecord record(int number, Instant since) {
    List<AccountRecord.Previous> previous =
        number > 1
            ? List.of(new AccountRecord.Previous(id(number - 1), since.plus(GRACE)))
            : List.of();
    return AccountRecord.active(
        new Uid(1001), credential(id(number), number, since), previous, since, LastApplied.NONE);
  }

  public static Credential credential(CredentialId id, int number, Instant since) {
    return new Credential(
        id,
        number,
        "a".repeat(64),
        "b".repeat(64),
        "1f",
        since.minus(Duration.ofMinutes(5)),
        since.plus(Duration.ofDays(365)));
  }

  /** The ID of the credentials of this number; those of a higher one were made later. */
  public static CredentialId id(int number) {
    return new CredentialId("0".repeat(10) + String.format("%010d", number));
  }

  static Account account(AccountId id) {
    String root = id.kind() == AccountKind.TOOL ? "/data/project/" : "/home/";
    return new Account(id, new Uid(1001), new HomePath(root + id.name()), false);
  }

  public static Set<Subject> groups(AccountId account, int... numbers) {
    return Arrays.stream(numbers)
        .mapToObj(number -> Subject.group(id(number).group(account)))
        .collect(toUnmodifiableSet());
  }

  public ObservedBuilder record(AccountRecord value) {
    boolean plain = value.applied().equals(LastApplied.NONE);
    return record(new RecordState.Known(plain ? value.with(Blueprints.applied(id)) : value));
  }

  public ObservedBuilder record(RecordState state) {
    record = state;
    return this;
  }

  /** All credentials up to these were revoked. */
  public ObservedBuilder revoked(CredentialId upTo) {
    facts = facts.with(new AdminFacts.Revocation(upTo, Instant.EPOCH));
    return this;
  }

  ObservedBuilder forgotten(int uid) {
    facts = facts.withForgotten(new Uid(uid));
    return this;
  }

  ObservedBuilder namespace(NamespaceState state) {
    namespace = state;
    return this;
  }

  ObservedBuilder withoutStatus() {
    status = Optional.of(Optional.empty());
    return this;
  }

  /** Instead of the one that fits the record. */
  ObservedBuilder status(CredentialStatus other) {
    status = Optional.of(Optional.of(other));
    return this;
  }

  ObservedBuilder present(ManagedObject... objects) {
    contents.keySet().retainAll(Set.of(objects));
    return this;
  }

  ObservedBuilder content(ManagedObject object, String fingerprint) {
    contents.put(object, fingerprint);
    return this;
  }

  /** In each of its bindings. */
  public ObservedBuilder bound(Set<Subject> to) {
    Blueprints.of(id).bindings().forEach(object -> bound(object.object(), to));
    return this;
  }

  public ObservedBuilder bound(ManagedObject binding, Set<Subject> to) {
    bindings.put(binding, Blueprints.bound(binding, to));
    return this;
  }

  public ObservedBuilder bound(ManagedObject binding, ObservedBinding to) {
    bindings.put(binding, to);
    return this;
  }

  ObservedBuilder unbound(ManagedObject binding) {
    bindings.remove(binding);
    return this;
  }

  ObservedBuilder suspended() {
    suspended = true;
    return this;
  }

  ObservedBuilder tombstone(Tombstone grave) {
    tombstone = Optional.of(grave);
    return this;
  }

  ObservedBuilder otherRights(String binding) {
    otherRights = Optional.of(binding);
    return this;
  }

  public Observed build() {
    Optional<CredentialStatus> seen =
        status.orElseGet(
            () ->
                record
                    .known()
                    .flatMap(AccountRecord::credential)
                    .map(
                        credential ->
                            CredentialStatus.of(id.kind(), credential, Optional.empty())));
    return new Observed(
        id,
        namespace,
        record,
        facts,
        seen,
        contents,
        bindings,
        suspended,
        tombstone,
        otherRights,
        Delivery.UNCHECKED,
        Versions.NONE);
  }
}
