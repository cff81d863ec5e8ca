package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.Resource;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicy;
import io.kubernetes.client.openapi.models.V1ValidatingAdmissionPolicyList;

/** The policy of what pods of tools may be, which an operator applies or does not. */
public final class PodPolicy {
  private static final String NAME = "maintain-kubeusers-pods";

  private PodPolicy() {}

  /**
   * Whether it is there; it is not in clusters that know no such policies.
   *
   * @throws ClusterException when that cannot be seen
   */
  public static boolean isApplied(ClusterConnection connection) {
    return new Resource<>(
            connection,
            V1ValidatingAdmissionPolicy.class,
            V1ValidatingAdmissionPolicyList.class,
            "admissionregistration.k8s.io",
            "validatingadmissionpolicies")
        .get("", NAME)
        .isPresent();
  }
}
