package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.kube.Parallel;
import io.github.maintainkubeusers.kube.Selection;
import io.kubernetes.client.openapi.models.V1RoleBinding;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * All that is kept of the cluster, and what of it is read for whom.
 *
 * @param ownNamespace the controller's, where the record of admins and services stands
 * @param namespaces with the records of tools
 * @param contents what stands in the namespaces of tools but bindings and status
 * @param bindings of all namespaces, of which each may give rights to any User
 * @param status one object for each tool, and one with the record of all others
 * @param shared by all accounts
 * @param besides loads what has no cache of its own here
 */
record ClusterCaches(
    String ownNamespace,
    ObjectCache<?, ?> namespaces,
    List<ObjectCache<?, ?>> contents,
    ObjectCache<V1RoleBinding, ?> bindings,
    ObjectCache<?, ?> status,
    List<ObjectCache<?, ?>> shared,
    List<Runnable> besides) {
  /** While one waits for the API server, another is read; each holds but a page in memory. */
  private static final Parallel LISTS = Parallel.of(3);

  Stream<ObjectCache<?, ?>> all() {
    return Stream.of(List.of(namespaces), shared, contents, List.of(bindings, status))
        .flatMap(List::stream);
  }

  void load() {
    run(all().map(ClusterCaches::whole));
  }

  /** The records of all, and what else is told of admins and services. */
  void loadRecords() {
    Runnable others = () -> status.load(List.of(record(ownNamespace)));
    run(
        Stream.concat(
            Stream.of(namespaces::load, others), shared.stream().map(ClusterCaches::whole)));
  }

  /** What is told of one account. */
  void load(AccountId id) {
    boolean isTool = id.kind() == AccountKind.TOOL;
    String place = isTool ? Names.namespace(id) : ownNamespace;
    List<Selection> records =
        Stream.of(ownNamespace, place).distinct().map(ClusterCaches::record).toList();
    Stream<Runnable> narrowed =
        Stream.of(
            () -> namespaces.load(List.of(Selection.named("", place))),
            () -> status.load(records),
            isTool ? () -> bindings.load(binding -> concerns(place, binding)) : bindings::load);
    Stream<Runnable> inPlace =
        contents.stream().map(cache -> () -> cache.load(List.of(new Selection(place, "", ""))));
    run(
        Stream.of(narrowed, inPlace, shared.stream().map(ClusterCaches::whole))
            .flatMap(loads -> loads));
  }

  /**
   * Those of others matter where they give rights to a User, as whom an account would have them.
   */
  private static boolean concerns(String namespace, V1RoleBinding binding) {
    return namespace.equals(binding.getMetadata().getNamespace())
        || (binding.getSubjects() != null
            && binding.getSubjects().stream()
                .anyMatch(one -> Objects.equals(one.getKind(), "User")));
  }

  /** The first one opens the connection that the others share. */
  private void run(Stream<Runnable> loads) {
    List<Runnable> all = Stream.concat(loads, besides.stream()).toList();
    all.getFirst().run();
    List<Void> _ =
        LISTS.map(
            all.subList(1, all.size()),
            load -> {
              load.run();
              return List.of();
            });
  }

  private static Runnable whole(ObjectCache<?, ?> cache) {
    return cache::load;
  }

  private static Selection record(String namespace) {
    return Selection.named(namespace, Names.RECORD);
  }
}
