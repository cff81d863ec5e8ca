package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.Bound;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.Content;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObjectKind;
import io.github.maintainkubeusers.plan.Subject;
import io.kubernetes.client.openapi.models.V1ClusterRoleBinding;
import io.kubernetes.client.openapi.models.V1ClusterRoleBindingList;

/** What lets admins see everything, and impersonate to repair it. */
final class AdminObjects {
    private final Catalogue catalogue;
    private final BindingObjects<V1ClusterRoleBinding> bindings;

    AdminObjects(ClusterConnection connection, Catalogue catalogue) {
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        this.bindings = new BindingObjects<>(ObjectKind.CLUSTER_ROLE_BINDING,
                new Resource<>(connection, V1ClusterRoleBinding.class, V1ClusterRoleBindingList.class,
                        "rbac.authorization.k8s.io", "clusterrolebindings"),
                this::owned, V1ClusterRoleBinding::getSubjects);
    }

    Mirror<?, ?> mirror() {
        return bindings.mirror();
    }

    Map<ManagedObject, Bound> bindings(AccountId admin) {
        var bound = new HashMap<ManagedObject, Bound>();
        for (DesiredObject desired : desired(admin)) {
            bindings.mirror().get("", desired.name())
                    .ifPresent(standing -> bound.put(desired.object(), standing.bound()));
        }
        return bound;
    }

    void bind(ManagedObject object, AccountId admin, Set<Subject> subjects) {
        DesiredObject desired = catalogue.of(admin).find(object).orElseThrow();
        if (subjects.isEmpty()) {
            bindings.withdraw("", desired.name());
        } else {
            bindings.apply("", desired, subjects);
        }
    }

    void deleteBinding(ManagedObject object, AccountId admin) {
        bindings.delete("", catalogue.of(admin).find(object).orElseThrow().name());
    }

    private List<DesiredObject> desired(AccountId admin) {
        return catalogue.of(admin).bindings();
    }

    /** One of a name like ours that is for another role is somebody else's. */
    private Optional<ManagedObject> owned(V1ClusterRoleBinding binding) {
        String name = binding.getMetadata().getName();
        String role = Content.fingerprint(ObjectKind.CLUSTER_ROLE_BINDING, Manifests.content(binding));
        return Names.adminOf(name)
                .flatMap(admin -> catalogue.of(admin).find(ObjectKind.CLUSTER_ROLE_BINDING, name))
                .filter(desired -> desired.fingerprint().equals(role)).map(DesiredObject::object);
    }
}
