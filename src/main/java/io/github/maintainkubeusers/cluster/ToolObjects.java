package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.kube.ObjectKey;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObjectKind;
import io.kubernetes.client.openapi.models.V1LimitRange;
import io.kubernetes.client.openapi.models.V1LimitRangeList;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicyList;
import io.kubernetes.client.openapi.models.V1ResourceQuota;
import io.kubernetes.client.openapi.models.V1ResourceQuotaList;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import io.kubernetes.client.openapi.models.V1RoleBindingList;
import io.kubernetes.client.openapi.models.V1RoleRef;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands in the namespaces of tools. Kinds of which there is no template are not looked at.
 */
final class ToolObjects implements AccountBindings {
  /** What an earlier controller made, which this one only reports. */
  private static final ManagedObject POD_SECURITY_POLICY =
      new ManagedObject(ObjectKind.ROLE_BINDING, "podsecuritypolicy");

  private final Catalogue catalogue;
  private final Map<ObjectKind, ContentObjects<?>> contents = new EnumMap<>(ObjectKind.class);
  private final BindingObjects<V1RoleBinding> bindings;

  ToolObjects(ClusterConnection connection, Catalogue catalogue) {
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
    catalogue
        .kinds()
        .forEach(
            kind -> contents(kind, connection).ifPresent(objects -> contents.put(kind, objects)));
    var resource =
        new Resource<>(
            connection,
            V1RoleBinding.class,
            V1RoleBindingList.class,
            "rbac.authorization.k8s.io",
            "rolebindings");
    this.bindings =
        new BindingObjects<>(
            ObjectKind.ROLE_BINDING, resource, this::owned, V1RoleBinding::getSubjects);
  }

  List<ObjectCache<?, ?>> contentCaches() {
    var caches = new ArrayList<ObjectCache<?, ?>>();
    contents.values().forEach(objects -> caches.add(objects.cache()));
    return caches;
  }

  /** Of all namespaces, not those of tools alone. */
  ObjectCache<V1RoleBinding, ?> bindingCache() {
    return bindings.cache();
  }

  /** Those whose changes are looked at as soon as they happen: what no tool can change. */
  List<ObjectCache<?, ?>> urgentCaches() {
    List<ObjectCache<?, ?>> caches = contentCaches();
    caches.add(bindings.cache());
    Optional.ofNullable(contents.get(ObjectKind.NETWORK_POLICY))
        .ifPresent(objects -> caches.remove(objects.cache()));
    return caches;
  }

  Map<ManagedObject, String> contents(String namespace) {
    var fingerprints = new HashMap<ManagedObject, String>();
    for (ContentObjects<?> objects : contents.values()) {
      objects.addTo(fingerprints, namespace);
    }
    return fingerprints;
  }

  void put(DesiredObject object, AccountId tool) {
    contents.get(object.object().kind()).put(tool, object);
  }

  /** Of all namespaces. */
  @Override
  public BindingObjects<?> objects() {
    return bindings;
  }

  @Override
  public String namespace(AccountId tool, ManagedObject object) {
    return Names.namespace(tool);
  }

  @Override
  public List<ExistingBinding> existing(AccountId tool) {
    return existing(Names.namespace(tool));
  }

  List<ExistingBinding> existing(String namespace) {
    List<ExistingBinding> existing = bindings.cache().in(namespace);
    existing.removeIf(binding -> binding.object().isEmpty() || binding.is(POD_SECURITY_POLICY));
    return existing;
  }

  @Override
  public boolean isCurrent(AccountId tool, ExistingBinding binding) {
    return catalogue
        .of(tool)
        .find(binding.object().orElseThrow())
        .filter(desired -> desired.fingerprint().equals(binding.bound().role()))
        .isPresent();
  }

  @Override
  public Optional<AccountId> owner(ObjectKey key) {
    return Names.toolOf(key.namespace());
  }

  /**
   * The tools in whose namespaces something is bound to a role for a PodSecurityPolicy of their
   * own.
   */
  Set<AccountId> withPodSecurityPolicy() {
    return bindings
        .cache()
        .keys(binding -> binding.is(POD_SECURITY_POLICY))
        .flatMap(key -> Names.toolOf(key.namespace()).stream())
        .collect(toUnmodifiableSet());
  }

  void deletePodSecurityPolicyBindings(AccountId tool) {
    String namespace = Names.namespace(tool);
    bindings.cache().in(namespace).stream()
        .filter(binding -> binding.is(POD_SECURITY_POLICY))
        .forEach(binding -> bindings.delete(namespace, binding.name()));
  }

  private Optional<ManagedObject> owned(V1RoleBinding binding) {
    Optional<AccountId> tool = Names.toolOf(binding.getMetadata().getNamespace());
    if (tool.isEmpty()) {
      return RenewalBindings.object(binding.getMetadata());
    }
    return isPodSecurityPolicy(binding, tool.get())
        ? Optional.of(POD_SECURITY_POLICY)
        : Templated.object(
            ObjectKind.ROLE_BINDING, binding.getMetadata(), catalogue.of(tool.get()));
  }

  private static boolean isPodSecurityPolicy(V1RoleBinding binding, AccountId tool) {
    V1RoleRef role = binding.getRoleRef();
    return role.getKind().equals("Role") && role.getName().equals(Names.podSecurityPolicy(tool));
  }

  private Optional<ContentObjects<?>> contents(ObjectKind kind, ClusterConnection connection) {
    return switch (kind) {
      case RESOURCE_QUOTA ->
          Optional.of(
              new ContentObjects<>(
                  kind,
                  catalogue,
                  new Resource<>(
                      connection,
                      V1ResourceQuota.class,
                      V1ResourceQuotaList.class,
                      "",
                      "resourcequotas")));
      case LIMIT_RANGE ->
          Optional.of(
              new ContentObjects<>(
                  kind,
                  catalogue,
                  new Resource<>(
                      connection, V1LimitRange.class, V1LimitRangeList.class, "", "limitranges")));
      case NETWORK_POLICY ->
          Optional.of(
              new ContentObjects<>(
                  kind,
                  catalogue,
                  new Resource<>(
                      connection,
                      V1NetworkPolicy.class,
                      V1NetworkPolicyList.class,
                      "networking.k8s.io",
                      "networkpolicies")));
      case ROLE_BINDING, CLUSTER_ROLE_BINDING -> Optional.empty();
    };
  }
}
