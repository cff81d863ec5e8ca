package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.InvalidValueException;
import io.github.maintainkubeusers.kube.ObjectKey;
import io.github.maintainkubeusers.plan.Subject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which bindings give rights to which Users. A certificate's common name makes its bearer that
 * User, so that an account of this name would have those rights.
 */
final class UserGrants {
  private final Map<String, Set<Grant>> byUser = new ConcurrentHashMap<>();
  private final Map<Place, Set<String>> users = new ConcurrentHashMap<>();

  /** A binding; the namespace is empty for a ClusterRoleBinding. */
  private record Place(String namespace, String name) {}

  /**
   * @param owner whose binding it is; empty for somebody else's
   */
  private record Grant(Place place, Optional<AccountId> owner) implements Comparable<Grant> {
    @Override
    public int compareTo(Grant other) {
      return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return place.namespace().isEmpty()
          ? "ClusterRoleBinding " + place.name()
          : "RoleBinding " + place.namespace() + "/" + place.name();
    }
  }

  /** Whether the binding names a User that an account could be. */
  static boolean namesUser(ExistingBinding binding) {
    return users(binding).findAny().isPresent();
  }

  /**
   * Follows the bindings of a cache.
   *
   * @param owner whose binding one of ours is, by where it stands
   * @param listener told of each account whose grants may have changed
   */
  BiConsumer<ObjectKey, Optional<ExistingBinding>> follow(
      Owner owner, Consumer<AccountId> listener) {
    return (key, binding) -> {
      var place = new Place(key.namespace(), key.name());
      Set<String> now =
          binding.map(standing -> Set.copyOf(users(standing).toList())).orElse(Set.of());
      Set<String> before = now.isEmpty() ? users.remove(place) : users.put(place, now);
      var affected = new TreeSet<>(now);
      if (before != null) {
        affected.addAll(before);
        before.forEach(user -> remove(user, place));
      }
      Optional<AccountId> whose =
          binding.flatMap(ExistingBinding::object).flatMap(_ -> owner.of(key));
      now.forEach(user -> add(user, new Grant(place, whose)));
      affected.forEach(
          user ->
              Stream.of(AccountKind.TOOL, AccountKind.ADMIN)
                  .map(kind -> AccountId.of(kind, user))
                  .forEach(listener));
    };
  }

  /** Whose binding stands at a place. */
  @FunctionalInterface
  interface Owner {
    Optional<AccountId> of(ObjectKey key);
  }

  /** A binding that gives rights to the User of this name and is not the account's own. */
  Optional<String> others(AccountId id) {
    Set<Grant> grants = byUser.get(id.name().value());
    return grants == null
        ? Optional.empty()
        : grants.stream()
            .filter(grant -> !grant.owner().equals(Optional.of(id)))
            .sorted()
            .findFirst()
            .map(Grant::toString);
  }

  private void add(String user, Grant grant) {
    byUser.compute(
        user,
        (_, grants) -> {
          Set<Grant> all = grants == null ? ConcurrentHashMap.newKeySet() : grants;
          all.add(grant);
          return all;
        });
  }

  private void remove(String user, Place place) {
    byUser.computeIfPresent(
        user,
        (_, grants) -> {
          grants.removeIf(grant -> grant.place().equals(place));
          return grants.isEmpty() ? null : grants;
        });
  }

  private static Stream<String> users(ExistingBinding binding) {
    return binding.bound().subjects().stream()
        .filter(subject -> subject.type() == Subject.Type.USER)
        .map(Subject::name)
        .filter(UserGrants::isName);
  }

  private static boolean isName(String user) {
    try {
      return AccountId.of(AccountKind.TOOL, user) != null;
    } catch (InvalidValueException _) {
      return false;
    }
  }
}
