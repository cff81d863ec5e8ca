package io.github.maintainkubeusers.plan;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * An object that accounts have beside namespace and record. Each account has its own; which one
 * that is in the cluster says the {@link Blueprint}.
 *
 * @param name of the template that it is made from
 */
public record ManagedObject(ObjectKind kind, String name) implements Comparable<ManagedObject> {
  /**
   * By this label, whose value is the template's name, the objects of a template are found in all
   * namespaces.
   */
  public static final String TEMPLATE_LABEL = "maintain-kubeusers/template";

  public static final ManagedObject RESOURCE_QUOTA =
      new ManagedObject(ObjectKind.RESOURCE_QUOTA, "resourcequota");
  public static final ManagedObject LIMIT_RANGE =
      new ManagedObject(ObjectKind.LIMIT_RANGE, "limitrange");
  public static final ManagedObject TOOL_BINDING =
      new ManagedObject(ObjectKind.ROLE_BINDING, "rolebinding");
  public static final ManagedObject VIEW_BINDING =
      new ManagedObject(ObjectKind.CLUSTER_ROLE_BINDING, "view");
  public static final ManagedObject ADMIN_BINDING =
      new ManagedObject(ObjectKind.CLUSTER_ROLE_BINDING, "admin");

  /** As they are made: what gives rights comes last. */
  private static final Comparator<ManagedObject> ORDER =
      comparing(ManagedObject::kind).thenComparing(ManagedObject::name);

  public ManagedObject {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
  }

  @Override
  public int compareTo(ManagedObject other) {
    return ORDER.compare(this, other);
  }

  /** For a person: {@code ResourceQuota (resourcequota)}. */
  @Override
  public String toString() {
    return kind.label() + " (" + name + ")";
  }
}
