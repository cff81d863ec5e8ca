package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ObjectKey;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.Content;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObjectKind;
import io.kubernetes.client.openapi.models.V1ClusterRoleBinding;
import io.kubernetes.client.openapi.models.V1ClusterRoleBindingList;
import java.util.List;
import java.util.Optional;

/**
 * The ClusterRoleBindings that let admins see everything, and impersonate to repair it; and those
 * that give services the roles that are declared for them.
 */
final class ClusterRoleBindings implements AccountBindings {
  private final Catalogue catalogue;
  private final BindingObjects<V1ClusterRoleBinding> bindings;

  ClusterRoleBindings(ClusterConnection connection, Catalogue catalogue) {
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
    this.bindings =
        new BindingObjects<>(
            ObjectKind.CLUSTER_ROLE_BINDING,
            new Resource<>(
                connection,
                V1ClusterRoleBinding.class,
                V1ClusterRoleBindingList.class,
                "rbac.authorization.k8s.io",
                "clusterrolebindings"),
            this::owned,
            V1ClusterRoleBinding::getSubjects);
  }

  @Override
  public BindingObjects<?> objects() {
    return bindings;
  }

  @Override
  public String namespace(AccountId id, ManagedObject object) {
    return "";
  }

  @Override
  public List<ExistingBinding> existing(AccountId id) {
    return id.kind() == AccountKind.SERVICE ? ofService(id) : ofAdmin(id);
  }

  private List<ExistingBinding> ofAdmin(AccountId admin) {
    return catalogue.of(admin).bindings().stream()
        .flatMap(
            desired ->
                bindings
                    .cache()
                    .get("", desired.name())
                    .filter(existing -> existing.is(desired.object()))
                    .stream())
        .toList();
  }

  /** Also those of roles, and of services, that are no longer declared: their rights are to end. */
  private List<ExistingBinding> ofService(AccountId service) {
    return bindings
        .cache()
        .values()
        .filter(
            standing ->
                standing.object().isPresent()
                    && Service.ofBinding(standing.name()).equals(Optional.of(service)))
        .toList();
  }

  /** One for a role that is no longer declared may be one that we may no longer bind. */
  @Override
  public boolean isCurrent(AccountId id, ExistingBinding binding) {
    return id.kind() != AccountKind.SERVICE
        || catalogue.of(id).find(ObjectKind.CLUSTER_ROLE_BINDING, binding.name()).isPresent();
  }

  @Override
  public Optional<AccountId> owner(ObjectKey key) {
    return Service.ofBinding(key.name()).or(() -> Names.adminOf(key.name()));
  }

  /** One of a name like ours that is for another role is somebody else's. */
  private Optional<ManagedObject> owned(V1ClusterRoleBinding binding) {
    String name = binding.getMetadata().getName();
    if (Service.ofBinding(name).isPresent()) {
      return name.endsWith(":" + binding.getRoleRef().getName())
          ? Optional.of(
              new ManagedObject(ObjectKind.CLUSTER_ROLE_BINDING, binding.getRoleRef().getName()))
          : Optional.empty();
    }
    String role = Content.fingerprint(ObjectKind.CLUSTER_ROLE_BINDING, Manifests.content(binding));
    return Names.adminOf(name)
        .flatMap(admin -> catalogue.of(admin).find(ObjectKind.CLUSTER_ROLE_BINDING, name))
        .filter(desired -> desired.fingerprint().equals(role))
        .map(DesiredObject::object);
  }
}
