package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.plan.Blueprint;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObjectKind;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Optional;

/** Tells which objects in the cluster are made from templates. */
final class Templated {
  private Templated() {}

  /**
   * By its name, as earlier controllers made it, or by the label that this one gives it. A labelled
   * copy under another name is an object of its own that no template makes.
   */
  static Optional<ManagedObject> object(ObjectKind kind, V1ObjectMeta meta, Blueprint blueprint) {
    return named(kind, meta, blueprint)
        .or(
            () ->
                labelled(meta)
                    .map(
                        template ->
                            new ManagedObject(
                                kind,
                                blueprint.find(new ManagedObject(kind, template)).isPresent()
                                    ? meta.getName()
                                    : template)));
  }

  /** By its name alone: whoever may write objects of the kind can label them. */
  static Optional<ManagedObject> named(ObjectKind kind, V1ObjectMeta meta, Blueprint blueprint) {
    return blueprint.find(kind, meta.getName()).map(DesiredObject::object);
  }

  private static Optional<String> labelled(V1ObjectMeta meta) {
    return Optional.ofNullable(meta.getLabels())
        .map(labels -> labels.get(ManagedObject.TEMPLATE_LABEL));
  }
}
