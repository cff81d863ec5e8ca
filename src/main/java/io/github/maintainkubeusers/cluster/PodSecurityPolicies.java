package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.Failures;
import io.github.maintainkubeusers.kube.Resource;
import io.kubernetes.client.openapi.models.V1Role;
import io.kubernetes.client.openapi.models.V1RoleList;
import io.kubernetes.client.util.generic.KubernetesApiResponse;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;

/**
 * What an earlier controller made for each tool while Kubernetes had PodSecurityPolicies (until
 * 1.24).
 */
final class PodSecurityPolicies {
  private final Resource<V1Role> roles;
  private final DynamicKubernetesApi policies;

  PodSecurityPolicies(ClusterConnection connection) {
    this.roles =
        new Resource<>(
            connection, V1Role.class, V1RoleList.class, "rbac.authorization.k8s.io", "roles");
    this.policies =
        new DynamicKubernetesApi("policy", "v1beta1", "podsecuritypolicies", connection.calls());
  }

  /** The policy and the role to use it; a server that knows of no policies has none. */
  void delete(AccountId tool) {
    String name = Names.podSecurityPolicy(tool);
    roles.delete(Names.namespace(tool), name);
    KubernetesApiResponse<DynamicKubernetesObject> response = policies.delete(name);
    if (response.getHttpStatusCode() != 404) {
      Object _ = Failures.expect("delete podsecuritypolicies " + name, response);
    }
  }
}
