package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * What a binding in the cluster gives.
 *
 * @param role fingerprint of the reference to it: see {@link Content#fingerprint}
 */
public record Bound(String role, Set<Subject> subjects) {
    public Bound {
        requireNonNull(role, "role is null");
        subjects = Set.copyOf(subjects);
    }

    boolean gives(String wantedRole, Set<Subject> toWhom) {
        return role.equals(wantedRole) && subjects.equals(toWhom);
    }
}
