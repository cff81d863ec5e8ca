package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Versions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the cluster holds of a service: a record beside those of admins, bindings, and a Secret. */
final class ServiceObjects {
  private final StatusConfigMaps records;
  private final ClusterRoleBindings clusterBindings;
  private final SecretObjects secrets;
  private final Tombstones tombstones;

  ServiceObjects(
      StatusConfigMaps records,
      ClusterRoleBindings clusterBindings,
      SecretObjects secrets,
      Tombstones tombstones) {
    this.records = requireNonNull(records, "records is null");
    this.clusterBindings = requireNonNull(clusterBindings, "clusterBindings is null");
    this.secrets = requireNonNull(secrets, "secrets is null");
    this.tombstones = requireNonNull(tombstones, "tombstones is null");
  }

  Observed observe(AccountId service) {
    List<ExistingBinding> bindings = clusterBindings.existing(service);
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
