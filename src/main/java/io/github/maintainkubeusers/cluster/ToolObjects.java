package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.Bound;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObjectKind;
import io.github.maintainkubeusers.plan.Subject;
import io.kubernetes.client.openapi.models.V1LimitRange;
import io.kubernetes.client.openapi.models.V1LimitRangeList;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyList;
import io.kubernetes.client.openapi.models.V1ResourceQuota;
import io.kubernetes.client.openapi.models.V1ResourceQuotaList;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1RoleBindingList;
import io.kubernetes.client.openapi.models.V1RoleRef;

/** What stands in the namespaces of tools. Kinds of which there is no template are not looked at. */
final class ToolObjects {
    /** What an earlier controller made, which this one only reports. */
    private static final ManagedObject POD_SECURITY_POLICY = new ManagedObject(ObjectKind.ROLE_BINDING,
            "podsecuritypolicy");

    private final Catalogue catalogue;
    private final Map<ObjectKind, ContentObjects<?>> contents = new EnumMap<>(ObjectKind.class);
    private final BindingObjects<V1RoleBinding> bindings;

    ToolObjects(ClusterConnection connection, Catalogue catalogue) {
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        catalogue.kinds().forEach(kind -> contents(kind, connection)
                .ifPresent(objects -> contents.put(kind, objects)));
        var resource = new Resource<>(connection, V1RoleBinding.class, V1RoleBindingList.class,
                "rbac.authorization.k8s.io", "rolebindings");
        this.bindings = new BindingObjects<>(ObjectKind.ROLE_BINDING, resource, this::owned,
                V1RoleBinding::getSubjects);
    }

    List<Mirror<?, ?>> mirrors() {
        var mirrors = new ArrayList<Mirror<?, ?>>();
        contents.values().forEach(objects -> mirrors.add(objects.mirror()));
        mirrors.add(bindings.mirror());
        return mirrors;
    }

    /** Those whose changes are looked at as soon as they happen: what no tool can change. */
    List<Mirror<?, ?>> urgentMirrors() {
        var mirrors = mirrors();
        Optional.ofNullable(contents.get(ObjectKind.NETWORK_POLICY)).ifPresent(
                objects -> mirrors.remove(objects.mirror()));
        return mirrors;
    }

    Map<ManagedObject, String> contents(AccountId tool) {
        var fingerprints = new HashMap<ManagedObject, String>();
        contents.values().forEach(objects -> objects.addTo(fingerprints, tool));
        return fingerprints;
    }

    Map<ManagedObject, Bound> bindings(AccountId tool) {
        var bound = new HashMap<ManagedObject, Bound>();
        standing(tool).forEach(binding -> bound.put(binding.object(), binding.bound()));
        return bound;
    }

    void put(ManagedObject object, AccountId tool) {
        contents.get(object.kind()).put(tool, desired(object, tool));
    }

    void bind(ManagedObject object, AccountId tool, Set<Subject> subjects) {
        if (subjects.isEmpty()) {
            standing(tool, object).ifPresent(binding -> withdraw(tool, binding));
        } else {
            bindings.apply(Names.namespace(tool), desired(object, tool), subjects);
        }
    }

    /** A binding to a role that we may no longer bind can only be deleted. */
    private void withdraw(AccountId tool, BindingObjects.Standing binding) {
        String namespace = Names.namespace(tool);
        boolean current = catalogue.of(tool).find(binding.object())
                .filter(desired -> desired.fingerprint().equals(binding.bound().role())).isPresent();
        if (current) {
            bindings.withdraw(namespace, binding.name());
        } else {
            bindings.delete(namespace, binding.name());
        }
    }

    void deleteBinding(ManagedObject object, AccountId tool) {
        standing(tool, object).ifPresent(binding -> bindings.delete(Names.namespace(tool), binding.name()));
    }

    private Optional<BindingObjects.Standing> standing(AccountId tool, ManagedObject object) {
        return standing(tool).filter(binding -> binding.object().equals(object)).findFirst();
    }

    /** The tools in whose namespaces something is bound to a role for a PodSecurityPolicy of their own. */
    Set<AccountId> withPodSecurityPolicy() {
        return bindings.mirror().keys(binding -> binding.object().equals(POD_SECURITY_POLICY))
                .flatMap(key -> Names.toolOf(key.namespace()).stream()).collect(toUnmodifiableSet());
    }

    void deletePodSecurityPolicyBindings(AccountId tool) {
        String namespace = Names.namespace(tool);
        bindings.mirror().in(namespace).filter(binding -> binding.object().equals(POD_SECURITY_POLICY))
                .forEach(binding -> bindings.delete(namespace, binding.name()));
    }

    private Stream<BindingObjects.Standing> standing(AccountId tool) {
        return bindings.mirror().in(Names.namespace(tool))
                .filter(binding -> !binding.object().equals(POD_SECURITY_POLICY));
    }

    private DesiredObject desired(ManagedObject object, AccountId tool) {
        return catalogue.of(tool).find(object)
                .orElseThrow(() -> new IllegalArgumentException("no template makes " + object));
    }

    private Optional<ManagedObject> owned(V1RoleBinding binding) {
        return Names.toolOf(binding.getMetadata().getNamespace()).flatMap(tool -> isPodSecurityPolicy(binding, tool)
                ? Optional.of(POD_SECURITY_POLICY)
                : Templated.object(ObjectKind.ROLE_BINDING, binding.getMetadata(), catalogue.of(tool)));
    }

    private static boolean isPodSecurityPolicy(V1RoleBinding binding, AccountId tool) {
        V1RoleRef role = binding.getRoleRef();
        return role.getKind().equals("Role") && role.getName().equals(Names.podSecurityPolicy(tool));
    }

    private Optional<ContentObjects<?>> contents(ObjectKind kind, ClusterConnection connection) {
        return switch (kind) {
            case RESOURCE_QUOTA -> Optional.of(new ContentObjects<>(kind, catalogue, new Resource<>(connection,
                    V1ResourceQuota.class, V1ResourceQuotaList.class, "", "resourcequotas")));
            case LIMIT_RANGE -> Optional.of(new ContentObjects<>(kind, catalogue, new Resource<>(connection,
                    V1LimitRange.class, V1LimitRangeList.class, "", "limitranges")));
            case NETWORK_POLICY -> Optional.of(new ContentObjects<>(kind, catalogue, new Resource<>(connection,
                    V1NetworkPolicy.class, V1NetworkPolicyList.class, "networking.k8s.io", "networkpolicies")));
            case ROLE_BINDING, CLUSTER_ROLE_BINDING -> Optional.empty();
        };
    }
}
