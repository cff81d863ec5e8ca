package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.kube.ClusterConnection;
import java.util.Set;

/** The PodSecurityPolicies that an earlier controller gave tools. */
final class ToolPolicies implements LegacyObjects {
  private final ToolObjects tools;
  private final ClusterConnection connection;

  ToolPolicies(ToolObjects tools, ClusterConnection connection) {
    this.tools = requireNonNull(tools, "tools is null");
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
}
