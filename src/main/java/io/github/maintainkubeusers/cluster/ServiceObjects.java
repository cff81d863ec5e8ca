package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.ObjectKind;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Versions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the cluster holds of a service: a record beside those of admins, bindings, and a Secret. */
final class ServiceObjects {
  private final StatusConfigMaps records;
  private final ClusterRoleBindings clusterBindings;
  private final RenewalBindings renewals;
  private final SecretObjects secrets;
  private final Tombstones tombstones;

  ServiceObjects(
      StatusConfigMaps records,
      ClusterRoleBindings clusterBindings,
      RenewalBindings renewals,
      SecretObjects secrets,
      Tombstones tombstones) {
    this.records = requireNonNull(records, "records is null");
    this.clusterBindings = requireNonNull(clusterBindings, "clusterBindings is null");
    this.renewals = requireNonNull(renewals, "renewals is null");
    this.secrets = requireNonNull(secrets, "secrets is null");
    this.tombstones = requireNonNull(tombstones, "tombstones is null");
  }

  Observed observe(AccountId service) {
    List<ExistingBinding> bindings =
        Stream.of(clusterBindings, renewals)
            .flatMap(kind -> kind.existing(service).stream())
            .toList();
    RecordState record = records.sharedRecord(service);
    return new Observed(
        service,
        NamespaceState.READY,
        record,
        records.sharedFacts(service),
        status(service, record.known()),
        Map.of(),
        AccountBindings.observed(bindings),
        false,
        tombstones.of(service),
        Optional.empty(),
        secrets.delivery(service, record.known()),
        new Versions(records.sharedVersion(service), AccountBindings.versions(bindings)));
  }

  /** Where a binding of a service is found. */
  AccountBindings bindings(ManagedObject binding) {
    return binding.kind() == ObjectKind.ROLE_BINDING ? renewals : clusterBindings;
  }

  /** The services that may read a Secret. */
  Set<AccountId> bound() {
    return renewals.bound();
  }

  /**
   * @param listener told of each service whose Secret, or right to read it, may have changed
   */
  void follow(Consumer<AccountId> listener) {
    secrets.follow(listener);
    renewals.objects().cache().onChange((key, _) -> renewals.owner(key).ifPresent(listener));
  }

  /** Whether the Secret stands, in the words of those who have a ConfigMap. */
  private Optional<CredentialStatus> status(AccountId service, Optional<AccountRecord> record) {
    return secrets.stands(service)
        ? record
            .flatMap(AccountRecord::credential)
            .map(held -> CredentialStatus.of(service.kind(), held, Optional.empty()))
            .or(() -> Optional.of(new CredentialStatus("", "", true)))
        : Optional.empty();
  }
}
