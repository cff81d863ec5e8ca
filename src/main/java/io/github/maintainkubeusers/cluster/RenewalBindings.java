package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.kube.ObjectKey;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObjectKind;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.List;
import java.util.Optional;

/**
 * The RoleBindings by which services may read the Secret where their next credentials will be. As a
 * managed object, each has the name of its namespace: a Secret can come to be declared elsewhere.
 */
final class RenewalBindings implements AccountBindings {
  private final BindingObjects<?> objects;
  private final Catalogue catalogue;

  /**
   * @param objects RoleBindings of all namespaces
   */
  RenewalBindings(BindingObjects<?> objects, Catalogue catalogue) {
    this.objects = requireNonNull(objects, "objects is null");
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
  }

  /** What a RoleBinding outside of tools' namespaces is, if it is one of a service. */
  static Optional<ManagedObject> object(V1ObjectMeta binding) {
    return Service.ofRenewal(binding.getName()).map(_ -> object(binding.getNamespace()));
  }

  @Override
  public BindingObjects<?> objects() {
    return objects;
  }

  @Override
  public String namespace(AccountId service, ManagedObject object) {
    return object.name();
  }

  @Override
  public List<ExistingBinding> existing(AccountId service) {
    String name = Service.renewal(service);
    return objects
        .cache()
        .values()
        .filter(binding -> binding.name().equals(name) && binding.object().isPresent())
        .toList();
  }

  @Override
  public boolean isCurrent(AccountId service, ExistingBinding binding) {
    return catalogue
        .of(service)
        .find(binding.object().orElseThrow())
        .filter(desired -> desired.fingerprint().equals(binding.bound().role()))
        .isPresent();
  }

  @Override
  public Optional<AccountId> owner(ObjectKey key) {
    // By the name first, which nearly all bindings of a cluster do not have.
    return Service.ofRenewal(key.name()).filter(_ -> Names.toolOf(key.namespace()).isEmpty());
  }

  private static ManagedObject object(String namespace) {
    return new ManagedObject(ObjectKind.ROLE_BINDING, namespace);
  }
}
