package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObservedBinding;
import java.util.Optional;

/**
 * A binding that is there.
 *
 * @param object which of the managed objects it is; empty for somebody else's
 */
record ExistingBinding(
    Optional<ManagedObject> object, String name, String version, ObservedBinding bound) {
  ExistingBinding {
    requireNonNull(object, "object is null");
    requireNonNull(name, "name is null");
    requireNonNull(version, "version is null");
    requireNonNull(bound, "bound is null");
  }

  boolean is(ManagedObject managed) {
    return object.isPresent() && object.get().equals(managed);
  }
}
