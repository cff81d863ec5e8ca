package io.github.maintainkubeusers.cluster;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.ObjectKey;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObservedBinding;
import io.github.maintainkubeusers.plan.Subject;
import io.github.maintainkubeusers.plan.Versions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The bindings of the accounts of one kind. */
interface AccountBindings {
  BindingObjects<?> objects();

  /** Where a binding of an account stands; empty when it stands in no namespace. */
  String namespace(AccountId id, ManagedObject object);

  /** An account's bindings of ours. */
  List<ExistingBinding> existing(AccountId id);

  /**
   * Whether the binding is for the role that its template gives: only then may its subjects be
   * changed.
   */
  boolean isCurrent(AccountId id, ExistingBinding binding);

  /** The account whose binding this would be, by where it stands. */
  Optional<AccountId> owner(ObjectKey key);

  /** The accounts of whom a binding of ours has subjects. */
  default Set<AccountId> bound() {
    return objects()
        .cache()
        .keys(binding -> binding.object().isPresent() && !binding.bound().subjects().isEmpty())
        .flatMap(key -> owner(key).stream())
        .collect(toUnmodifiableSet());
  }

  static Map<ManagedObject, ObservedBinding> observed(List<ExistingBinding> existing) {
    var observed = new HashMap<ManagedObject, ObservedBinding>();
    existing.forEach(binding -> observed.put(binding.object().orElseThrow(), binding.bound()));
    return observed;
  }

  static Map<ManagedObject, String> versions(List<ExistingBinding> existing) {
    var versions = new HashMap<ManagedObject, String>();
    existing.forEach(binding -> versions.put(binding.object().orElseThrow(), binding.version()));
    return versions;
  }

  default Versions set(
      AccountId id, DesiredObject desired, Set<Subject> subjects, Versions versions) {
    ManagedObject object = desired.object();
    return versions.withBinding(
        object,
        objects()
            .apply(
                namespace(id, object),
                desired,
                subjects,
                Optional.ofNullable(versions.bindings().get(object))));
  }

  /** A binding to a role that we may no longer bind can only be deleted. */
  default Versions remove(
      AccountId id, ManagedObject object, Set<Subject> remaining, Versions versions) {
    Optional<ExistingBinding> found = find(id, object);
    if (found.isEmpty()) {
      return versions;
    }
    String name = found.get().name();
    if (!isCurrent(id, found.get())) {
      objects().delete(namespace(id, object), name);
      return versions.withoutBinding(object);
    }
    return versions.withBinding(
        object, objects().restrict(namespace(id, object), name, remaining, at(object, versions)));
  }

  default Versions delete(AccountId id, ManagedObject object, Versions versions) {
    find(id, object)
        .ifPresent(
            binding ->
                objects().delete(namespace(id, object), binding.name(), at(object, versions)));
    return versions.withoutBinding(object);
  }

  private Optional<ExistingBinding> find(AccountId id, ManagedObject object) {
    return existing(id).stream().filter(binding -> binding.is(object)).findFirst();
  }

  private static String at(ManagedObject object, Versions versions) {
    String version = versions.bindings().get(object);
    if (version == null) {
      throw new ClusterException(
          ClusterException.Reason.CONFLICT,
          "could not update " + object + ": it was made meanwhile");
    }
    return version;
  }
}
