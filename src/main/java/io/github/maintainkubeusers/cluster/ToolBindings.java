package io.github.maintainkubeusers.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.Subject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1RoleBindingList;

/** What gives a tool its rights in its own namespace. */
final class ToolBindings {
    private static final String ROLE = "tools-user";

    private final Resource<V1RoleBinding> resource;
    private final Mirror<V1RoleBinding, Set<Subject>> mirror;

    ToolBindings(ClusterConnection connection) {
        this.resource = new Resource<>(connection, V1RoleBinding.class, V1RoleBindingList.class,
                "rbac.authorization.k8s.io", "rolebindings");
        this.mirror = new Mirror<>(resource, Mirror.Selection.ALL, ToolBindings::convert);
    }

    Mirror<V1RoleBinding, Set<Subject>> mirror() {
        return mirror;
    }

    Optional<Set<Subject>> subjects(AccountId tool) {
        return mirror.get(Names.namespace(tool), Names.toolBinding(tool));
    }

    void apply(AccountId tool, Set<Subject> subjects) {
        String name = Names.toolBinding(tool);
        String namespace = Names.namespace(tool);
        mirror.written(resource.apply(namespace, name,
                Bindings.manifest("RoleBinding", Map.of("name", name, "namespace", namespace), ROLE, subjects)));
    }

    private static Optional<Set<Subject>> convert(V1RoleBinding binding) {
        V1ObjectMeta meta = binding.getMetadata();
        return Names.toolOf(meta.getNamespace())
                .filter(tool -> Names.toolBinding(tool).equals(meta.getName())
                        && Bindings.refersTo(binding.getRoleRef(), ROLE))
                .map(_ -> Bindings.read(binding.getSubjects()));
    }
}
