package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * A binding of an account as it stands in the cluster.
 *
 * @param role fingerprint of the reference to the role that it gives: see {@link
 *     Content#fingerprint}
 */
public record ObservedBinding(String role, Set<Subject> subjects) {
  public ObservedBinding {
    requireNonNull(role, "role is null");
    subjects = Set.copyOf(subjects);
  }
}
