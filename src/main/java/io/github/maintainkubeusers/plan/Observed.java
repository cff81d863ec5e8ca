package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.account.LastApplied;
import io.github.maintainkubeusers.account.Tombstone;
import java.util.Map;
import java.util.Optional;

/**
 * What the cluster holds of one account.
 *
 * @param facts what admins have stated of it by command
 * @param status what its owner sees; empty when its owner deleted it to ask for new credentials
 * @param contents of the managed objects that stand and give no rights, the {@link
 *     Content#fingerprint}
 * @param bindings of ours that stand, also when no template makes them any more
 * @param suspended true when a second quota lets a tool have no pods
 * @param tombstone what is kept of an account that had this name before and was removed
 * @param otherRights the binding of somebody else that names the User of this name: credentials of
 *     the account would have its rights
 * @param delivery where its credentials were put
 * @param versions by which writes notice that somebody else wrote meanwhile
 */
public record Observed(
    AccountId id,
    NamespaceState namespace,
    RecordState record,
    AdminFacts facts,
    Optional<CredentialStatus> status,
    Map<ManagedObject, String> contents,
    Map<ManagedObject, ObservedBinding> bindings,
    boolean suspended,
    Optional<Tombstone> tombstone,
    Optional<String> otherRights,
    Delivery delivery,
    Versions versions) {
  public Observed {
    requireNonNull(id, "id is null");
    requireNonNull(namespace, "namespace is null");
    requireNonNull(record, "record is null");
    requireNonNull(facts, "facts is null");
    requireNonNull(status, "status is null");
    contents = Map.copyOf(contents);
    bindings = Map.copyOf(bindings);
    requireNonNull(tombstone, "tombstone is null");
    requireNonNull(otherRights, "otherRights is null");
    requireNonNull(delivery, "delivery is null");
    requireNonNull(versions, "versions is null");
  }

  /** An account of which the cluster holds nothing. */
  public static Observed nothing(AccountId id) {
    NamespaceState namespace =
        switch (id.kind()) {
          case TOOL -> NamespaceState.ABSENT;
          case ADMIN, SERVICE -> NamespaceState.READY;
        };
    return new Observed(
        id,
        namespace,
        new RecordState.None(),
        AdminFacts.NONE,
        Optional.empty(),
        Map.of(),
        Map.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        Delivery.UNCHECKED,
        Versions.NONE);
  }

  /**
   * Provisioned by an earlier controller, which knew of no records and bound the User. A User that
   * is not bound is never bound: every certificate that the account ever had would be that User.
   */
  public boolean isLegacy() {
    return status.isPresent() && isUnrecordedUser();
  }

  /** Bound as a User, and without a record: by an earlier controller, or by hand. */
  public boolean isUnrecordedUser() {
    return record instanceof RecordState.None
        && bindings.values().stream()
            .anyMatch(binding -> binding.subjects().contains(Subject.user(id.name().value())));
  }

  /** Whether any binding of ours gives it rights. */
  public boolean hasRights() {
    return bindings.values().stream().anyMatch(binding -> !binding.subjects().isEmpty());
  }

  /** Whether it is a tool with a namespace of ours, which can hold pods. */
  boolean canHavePods() {
    return id.kind() == AccountKind.TOOL && namespace.isOurs();
  }

  /** Whether its owner has an object of its own that says how the account is. */
  boolean hasOwnStatus() {
    return id.kind() == AccountKind.TOOL
        && namespace.isOurs()
        && status.isPresent()
        && !status.get().equals(CredentialStatus.UNDER_FORMER_NAME);
  }

  LastApplied applied() {
    return record.known().map(AccountRecord::applied).orElse(LastApplied.NONE);
  }

  boolean isIn(AccountState state) {
    return record.known().filter(known -> known.state() == state).isPresent();
  }
}
