package io.github.maintainkubeusers.cluster;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.maintainkubeusers.plan.Subject;
import io.kubernetes.client.openapi.models.RbacV1Subject;
import io.kubernetes.client.openapi.models.V1RoleRef;

/** What RoleBindings and ClusterRoleBindings have in common. */
final class Bindings {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private Bindings() {}

    static Map<String, Object> manifest(String kind, Map<String, Object> metadata, String clusterRole,
            Set<Subject> subjects) {
        return Map.of("apiVersion", GROUP + "/v1", "kind", kind, "metadata", metadata, "roleRef",
                Map.of("apiGroup", GROUP, "kind", "ClusterRole", "name", clusterRole), "subjects",
                subjects.stream().sorted(java.util.Comparator.comparing(Subject::name)).map(Bindings::manifest)
                        .toList());
    }

    static Set<Subject> read(List<RbacV1Subject> subjects) {
        return subjects.stream().map(Bindings::read).collect(toUnmodifiableSet());
    }

    static boolean refersTo(V1RoleRef role, String clusterRole) {
        return role.getKind().equals("ClusterRole") && role.getName().equals(clusterRole);
    }

    private static Map<String, String> manifest(Subject subject) {
        String kind = switch (subject.type()) {
            case USER -> "User";
            case GROUP -> "Group";
            case OTHER -> throw new IllegalArgumentException("only users and groups are bound");
        };
        return Map.of("apiGroup", GROUP, "kind", kind, "name", subject.name());
    }

    private static Subject read(RbacV1Subject subject) {
        return switch (subject.getKind()) {
            case "User" -> Subject.user(subject.getName());
            case "Group" -> Subject.group(subject.getName());
            default -> new Subject(Subject.Type.OTHER, subject.getName());
        };
    }
}
