package io.github.maintainkubeusers.plan;

import java.util.Optional;

/** The kinds of objects that accounts have, in the order in which they are made. */
public enum ObjectKind {
  RESOURCE_QUOTA("ResourceQuota", "v1", Hold.KEPT),
  LIMIT_RANGE("LimitRange", "v1", Hold.KEPT),
  NETWORK_POLICY("NetworkPolicy", "networking.k8s.io/v1", Hold.FORCED),
  ROLE_BINDING("RoleBinding", "rbac.authorization.k8s.io/v1", Hold.BINDING),
  CLUSTER_ROLE_BINDING("ClusterRoleBinding", "rbac.authorization.k8s.io/v1", Hold.BINDING);

  private final String label;
  private final String apiVersion;
  private final Hold hold;

  private enum Hold {
    KEPT,
    FORCED,
    BINDING
  }

  ObjectKind(String label, String apiVersion, Hold hold) {
    this.label = label;
    this.apiVersion = apiVersion;
    this.hold = hold;
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
    return hold == Hold.BINDING;
  }

  /** True when what an admin changed by hand stays as the admin left it; else it is put right. */
  public boolean isKept() {
    return hold == Hold.KEPT;
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
