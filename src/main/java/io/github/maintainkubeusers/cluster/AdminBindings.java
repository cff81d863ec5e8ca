package io.github.maintainkubeusers.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.Subject;
import io.kubernetes.client.openapi.models.V1ClusterRoleBinding;
import io.kubernetes.client.openapi.models.V1ClusterRoleBindingList;

/** What lets an admin see everything, and impersonate to repair it. */
final class AdminBindings {
    private static final String VIEW_ROLE = "view";
    private static final String ADMIN_ROLE = "k8s-admin";

    private final Resource<V1ClusterRoleBinding> resource;
    private final Mirror<V1ClusterRoleBinding, Set<Subject>> mirror;

    AdminBindings(ClusterConnection connection) {
        this.resource = new Resource<>(connection, V1ClusterRoleBinding.class, V1ClusterRoleBindingList.class,
                "rbac.authorization.k8s.io", "clusterrolebindings");
        this.mirror = new Mirror<>(resource, Mirror.Selection.ALL, AdminBindings::convert);
    }

    Mirror<V1ClusterRoleBinding, Set<Subject>> mirror() {
        return mirror;
    }

    Optional<Set<Subject>> subjects(ManagedObject binding, AccountId admin) {
        return mirror.get("", name(binding, admin));
    }

    void apply(ManagedObject binding, AccountId admin, Set<Subject> subjects) {
        String name = name(binding, admin);
        String role = binding == ManagedObject.VIEW_BINDING ? VIEW_ROLE : ADMIN_ROLE;
        mirror.written(resource.apply("", name,
                Bindings.manifest("ClusterRoleBinding", Map.of("name", name), role, subjects)));
    }

    void delete(ManagedObject binding, AccountId admin) {
        resource.delete("", name(binding, admin));
        mirror.removed("", name(binding, admin));
    }

    private static String name(ManagedObject binding, AccountId admin) {
        return switch (binding) {
            case VIEW_BINDING -> Names.viewBinding(admin);
            case ADMIN_BINDING -> Names.adminBinding(admin);
            case RESOURCE_QUOTA, LIMIT_RANGE, TOOL_BINDING ->
                throw new IllegalArgumentException("not a binding of an admin: " + binding);
        };
    }

    private static Optional<Set<Subject>> convert(V1ClusterRoleBinding binding) {
        String name = binding.getMetadata().getName();
        return Names.adminOf(name)
                .filter(_ -> Bindings.refersTo(binding.getRoleRef(),
                        name.endsWith("-view-binding") ? VIEW_ROLE : ADMIN_ROLE))
                .map(_ -> Bindings.read(binding.getSubjects()));
    }
}
