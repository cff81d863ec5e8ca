package io.github.maintainkubeusers.plan;

import java.util.Optional;

/** The kinds of objects that accounts have, in the order in which they are made. */
public enum ObjectKind {
  RESOURCE_QUOTA("ResourceQuota", "v1", DriftPolicy.KEEP_MANUAL),
  LIMIT_RANGE("LimitRange", "v1", DriftPolicy.KEEP_MANUAL),
  NETWORK_POLICY("NetworkPolicy", "networking.k8s.io/v1", DriftPolicy.RESTORE),
  ROLE_BINDING("RoleBinding", "rbac.authorization.k8s.io/v1", DriftPolicy.OWNED),
  CLUSTER_ROLE_BINDING("ClusterRoleBinding", "rbac.authorization.k8s.io/v1", DriftPolicy.OWNED);

  private final String label;
  private final String apiVersion;
  private final DriftPolicy drift;

  private enum DriftPolicy {
    KEEP_MANUAL,
    RESTORE,
    OWNED
  }

  ObjectKind(String label, String apiVersion, DriftPolicy drift) {
    this.label = label;
    this.apiVersion = apiVersion;
    this.drift = drift;
  }

  /** As Kubernetes spells it. */
  public String label() {
    return label;
  }

  public String apiVersion() {
    return apiVersion;
  }

  /** True when it gives rights: whom it binds is the planner's to say. */
  public boolean isBinding() {
    return drift == DriftPolicy.OWNED;
  }

  /** True when what an admin changed by hand stays as the admin left it; else it is put right. */
  public boolean isKept() {
    return drift == DriftPolicy.KEEP_MANUAL;
  }

  public static Optional<ObjectKind> of(String label) {
    for (ObjectKind kind : values()) {
      if (kind.label.equals(label)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
