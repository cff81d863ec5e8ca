package io.github.maintainkubeusers.testing;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.ObservedBinding;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Subject;
import io.github.maintainkubeusers.plan.Versions;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An API server that holds what clusters hold of accounts, with the rules that matter to those who
 * write to it at once: each write gives a version, and one over another version than the current is
 * a conflict.
 */
public final class InMemoryApiServer {
  private final List<Consumer<AccountId>> watchers = new CopyOnWriteArrayList<>();
  private Map<AccountId, Observed> accounts = new TreeMap<>();
  private Map<String, Set<String>> foreign = new TreeMap<>();
  private Map<AccountId, Integer> pods = new TreeMap<>();
  private long version = 1;

  /** All that the server holds at one moment, as a backup of etcd has it. */
  public record Backup(
      Map<AccountId, Observed> accounts,
      Map<String, Set<String>> foreign,
      Map<AccountId, Integer> pods) {}

  /**
   * @param watcher told of each change, after it has taken effect
   */
  public void watch(Consumer<AccountId> watcher) {
    watchers.add(watcher);
  }

  public void unwatch(Consumer<AccountId> watcher) {
    watchers.remove(watcher);
  }

  public synchronized Observed get(AccountId id) {
    Observed held = held(id);
    return Changed.otherRights(held, otherRights(id));
  }

  public synchronized Collection<AccountId> ids() {
    return List.copyOf(accounts.keySet());
  }

  public synchronized Backup backup() {
    return new Backup(new TreeMap<>(accounts), new TreeMap<>(foreign), new TreeMap<>(pods));
  }

  /** Versions go on, so that what was read before is at another version than what is there now. */
  public void restore(Backup backup) {
    Set<AccountId> affected;
    synchronized (this) {
      affected = new TreeSet<>(accounts.keySet());
      affected.addAll(backup.accounts().keySet());
      Stream.concat(foreign.keySet().stream(), backup.foreign().keySet().stream())
          .forEach(user -> affected.addAll(List.of(AccountId.tool(user), AccountId.admin(user))));
      accounts = new TreeMap<>();
      backup.accounts().forEach((id, held) -> accounts.put(id, anew(held)));
      foreign = new TreeMap<>(backup.foreign());
      pods = new TreeMap<>(backup.pods());
    }
    affected.forEach(this::tell);
  }

  /** What somebody else does: an owner, an admin, an earlier controller. */
  public void change(AccountId id, UnaryOperator<Observed> change) {
    Observed before;
    Observed after;
    synchronized (this) {
      before = held(id);
      after = change.apply(before);
      // A Secret is neither record nor binding: their versions stay.
      accounts.put(
          id, after.record().equals(before.record()) && !id.kind().hasHome() ? after : anew(after));
    }
    // As of a real cluster: what a tool writes into its ConfigMap is not told, only that it is
    // gone.
    if (after.status().isEmpty() || !Changed.status(before, after.status()).equals(after)) {
      tell(id);
    }
  }

  /** A binding of somebody else gives rights to the User of this name, or no longer does. */
  public void grant(String user, String binding, boolean granted) {
    synchronized (this) {
      var bindings = new TreeSet<>(foreign.getOrDefault(user, Set.of()));
      if (granted) {
        bindings.add(binding);
      } else {
        bindings.remove(binding);
      }
      foreign.put(user, bindings);
    }
    tell(AccountId.tool(user));
    tell(AccountId.admin(user));
  }

  /** Whether a binding of somebody else gives rights to the User of this name. */
  public synchronized boolean isGranted(String user) {
    return !foreign.getOrDefault(user, Set.of()).isEmpty();
  }

  public synchronized int pods(AccountId tool) {
    return pods.getOrDefault(tool, 0);
  }

  /** A tool starts a pod, which a suspended one cannot. */
  public synchronized void startPod(AccountId tool) {
    if (tool.kind() == AccountKind.TOOL
        && !held(tool).suspended()
        && held(tool).namespace() == NamespaceState.READY) {
      pods.merge(tool, 1, Integer::sum);
    }
  }

  /** Deletes a tool's namespace, or an admin's record and bindings, as an admin does by hand. */
  public void deleteAll(AccountId id) {
    synchronized (this) {
      accounts.put(id, Changed.tombstone(Observed.nothing(id), held(id).tombstone()));
      pods.remove(id);
    }
    tell(id);
  }

  /** Writes what an admin has stated. */
  public Observed state(AccountId id, AdminFacts facts, Versions versions) {
    return write(
        id,
        () -> {
          require(id, held(id).versions().record().equals(versions.record()));
          return withRecordVersion(Changed.facts(held(id), facts));
        });
  }

  /**
   * @return the account's part of the cluster after the step
   */
  public Observed perform(AccountId id, ClusterStep step, Versions versions) {
    Observed after =
        write(
            id,
            () -> {
              check(id, step, versions);
              return versioned(applied(held(id), step), step);
            });
    if (step instanceof ClusterStep.DeletePods) {
      deletePods(id);
    }
    return after;
  }

  private void check(AccountId id, ClusterStep step, Versions versions) {
    Versions now = held(id).versions();
    switch (step) {
      case ClusterStep.ApplyNamespace _, ClusterStep.WriteRecord _, ClusterStep.Remove _ ->
          require(id, now.record().equals(versions.record()));
      case ClusterStep.SetSubjects(var binding, _) ->
          requireBinding(id, binding.object(), versions);
      case ClusterStep.RemoveSubjects(var binding, _) -> requireBinding(id, binding, versions);
      case ClusterStep.DeleteBinding(var binding) -> requireBinding(id, binding, versions);
      case ClusterStep.CreateObject _,
          ClusterStep.UpdateObject _,
          ClusterStep.Suspend _,
          ClusterStep.Resume _,
          ClusterStep.DeletePods _,
          ClusterStep.WriteStatus _,
          ClusterStep.Bury _ -> {
        // each of these means the same whatever was there
      }
    }
    boolean needsNamespace =
        id.kind() == AccountKind.TOOL
            && !(step instanceof ClusterStep.ApplyNamespace)
            && !(step instanceof ClusterStep.Bury);
    if (needsNamespace && held(id).namespace() == NamespaceState.ABSENT) {
      throw new ClusterException(
          ClusterException.Reason.CONFLICT, "could not write: no namespace of " + id);
    }
  }

  private void requireBinding(AccountId id, ManagedObject binding, Versions versions) {
    require(
        id,
        Objects.equals(
            held(id).versions().bindings().get(binding), versions.bindings().get(binding)));
  }

  private static void require(AccountId id, boolean current) {
    if (!current) {
      throw new ClusterException(
          ClusterException.Reason.CONFLICT, "could not write " + id + ": it was changed meanwhile");
    }
  }

  /** What an account's part of a cluster is after the step, at the versions of before. */
  public static Observed applied(Observed was, ClusterStep step) {
    return switch (step) {
      case ClusterStep.ApplyNamespace _ -> Changed.namespace(was, NamespaceState.READY);
      case ClusterStep.CreateObject(var object) ->
          Changed.content(was, object.object(), object.fingerprint());
      case ClusterStep.UpdateObject(var object) ->
          Changed.content(was, object.object(), object.fingerprint());
      case ClusterStep.SetSubjects(var binding, var subjects) ->
          Changed.bindings(
              was,
              bindings ->
                  bindings.put(
                      binding.object(), new ObservedBinding(binding.fingerprint(), subjects)));
      case ClusterStep.RemoveSubjects(var binding, var remaining) ->
          Changed.bindings(
              was,
              bindings ->
                  bindings.computeIfPresent(
                      binding, (_, bound) -> new ObservedBinding(bound.role(), remaining)));
      case ClusterStep.DeleteBinding(var binding) ->
          Changed.bindings(was, bindings -> bindings.remove(binding));
      case ClusterStep.Suspend() -> Changed.suspended(was, true);
      case ClusterStep.Resume() -> Changed.suspended(was, false);
      case ClusterStep.DeletePods() -> was;
      case ClusterStep.WriteRecord(var record, var status) -> {
        Observed recorded = Changed.record(was, new RecordState.Known(record));
        yield status.isPresent() ? Changed.status(recorded, status) : recorded;
      }
      case ClusterStep.WriteStatus(var status) -> Changed.status(was, Optional.of(status));
      case ClusterStep.Bury(var tombstone) -> Changed.tombstone(was, Optional.of(tombstone));
      case ClusterStep.Remove() -> Changed.tombstone(Observed.nothing(was.id()), was.tombstone());
    };
  }

  /**
   * The versions that the writer knows after its own step: of what others wrote meanwhile, it knows
   * nothing.
   */
  public static Versions known(Versions before, ClusterStep step, Observed after) {
    return switch (step) {
      case ClusterStep.ApplyNamespace _, ClusterStep.WriteRecord _, ClusterStep.Remove _ ->
          before.withRecord(after.versions().record());
      case ClusterStep.SetSubjects(var binding, _) ->
          before.withBinding(binding.object(), after.versions().bindings().get(binding.object()));
      case ClusterStep.RemoveSubjects(var binding, _) ->
          before.withBinding(binding, after.versions().bindings().get(binding));
      case ClusterStep.DeleteBinding(var binding) -> before.withoutBinding(binding);
      case ClusterStep.CreateObject _,
          ClusterStep.UpdateObject _,
          ClusterStep.Suspend _,
          ClusterStep.Resume _,
          ClusterStep.DeletePods _,
          ClusterStep.WriteStatus _,
          ClusterStep.Bury _ ->
          before;
    };
  }

  private Observed versioned(Observed changed, ClusterStep step) {
    return switch (step) {
      case ClusterStep.ApplyNamespace _, ClusterStep.WriteRecord _ -> withRecordVersion(changed);
      case ClusterStep.SetSubjects(var binding, _) -> withBindingVersion(changed, binding.object());
      case ClusterStep.RemoveSubjects(var binding, _) -> withBindingVersion(changed, binding);
      case ClusterStep.DeleteBinding(var binding) ->
          Changed.versions(changed, changed.versions().withoutBinding(binding));
      case ClusterStep.CreateObject _,
          ClusterStep.UpdateObject _,
          ClusterStep.Suspend _,
          ClusterStep.Resume _,
          ClusterStep.DeletePods _,
          ClusterStep.WriteStatus _,
          ClusterStep.Bury _,
          ClusterStep.Remove _ ->
          changed;
    };
  }

  private synchronized void deletePods(AccountId id) {
    if (pods.getOrDefault(id, 0) > 0) {
      pods.remove(id);
      throw new ClusterException(
          ClusterException.Reason.NOT_YET, "the pods of " + id + " are ending");
    }
  }

  private Observed write(AccountId id, Supplier<Observed> write) {
    Observed after;
    synchronized (this) {
      after = write.get();
      accounts.put(id, after);
      if (after.namespace() == NamespaceState.ABSENT) {
        pods.remove(id);
      }
    }
    tell(id);
    return get(id);
  }

  private Observed held(AccountId id) {
    return accounts.getOrDefault(id, Observed.nothing(id));
  }

  private Optional<String> otherRights(AccountId id) {
    String user = id.name().value();
    Optional<String> others = foreign.getOrDefault(user, Set.of()).stream().findFirst();
    if (others.isPresent()) {
      return others;
    }
    AccountId namesake = namesake(id);
    return held(namesake).bindings().values().stream()
            .anyMatch(binding -> binding.subjects().contains(Subject.user(user)))
        ? Optional.of("a binding of " + namesake)
        : Optional.empty();
  }

  private Observed withRecordVersion(Observed changed) {
    return Changed.versions(changed, changed.versions().withRecord(recordVersion(changed)));
  }

  /** Admins share one object; a tool has one of its own, which can be deleted and created again. */
  private String recordVersion(Observed changed) {
    if (changed.id().kind() == AccountKind.ADMIN) {
      return "/" + next();
    }
    String identity = changed.versions().identity();
    return (identity.isEmpty() ? "uid-" + next() : identity) + "/" + next();
  }

  private Observed withBindingVersion(Observed changed, ManagedObject object) {
    return Changed.versions(changed, changed.versions().withBinding(object, next()));
  }

  /** All parts at new versions; what is not there has none. */
  private Observed anew(Observed held) {
    boolean recordable =
        held.id().kind() == AccountKind.ADMIN
            ? !(held.record() instanceof RecordState.None) || !held.facts().equals(AdminFacts.NONE)
            : held.namespace() != NamespaceState.ABSENT;
    var versions = new Versions(recordable ? recordVersion(held) : "", Map.of());
    for (ManagedObject binding : held.bindings().keySet()) {
      versions = versions.withBinding(binding, next());
    }
    return Changed.versions(held, versions);
  }

  private String next() {
    return Long.toString(version++);
  }

  /** The rights that come with the User of a name are seen by both who can have the name. */
  private void tell(AccountId id) {
    AccountId namesake = namesake(id);
    watchers.forEach(
        watcher -> {
          watcher.accept(id);
          watcher.accept(namesake);
        });
  }

  private static AccountId namesake(AccountId id) {
    String name = id.name().value();
    return id.kind() == AccountKind.TOOL ? AccountId.admin(name) : AccountId.tool(name);
  }
}
