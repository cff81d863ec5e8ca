package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.kube.ClusterConnection;
import java.util.Set;

/** PodSecurityPolicies that an earlier controller gave tools, and its records. */
final class ToolLeftovers implements LegacyObjects {
  private final ToolObjects tools;
  private final FormerRecords records;
  private final ClusterConnection connection;

  ToolLeftovers(ToolObjects tools, FormerRecords records, ClusterConnection connection) {
    this.tools = requireNonNull(tools, "tools is null");
    this.records = requireNonNull(records, "records is null");
    this.connection = requireNonNull(connection, "connection is null");
  }

  @Override
  public Set<AccountId> withPodSecurityPolicy() {
    return tools.withPodSecurityPolicy();
  }

  @Override
  public void deletePodSecurityPolicy(AccountId tool) {
    tools.deletePodSecurityPolicyBindings(tool);
    new PodSecurityPolicies(connection).delete(tool);
  }

  @Override
  public boolean hasFormerRecord(AccountId tool) {
    return records.exists(tool);
  }

  @Override
  public void deleteFormerRecord(AccountId tool) {
    records.delete(tool);
  }
}
