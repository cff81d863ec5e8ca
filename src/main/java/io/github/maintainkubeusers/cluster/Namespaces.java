package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.github.maintainkubeusers.plan.Blueprint;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.RecordState;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NamespaceList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The namespaces of tools, which carry their records as annotations: tools cannot write namespaces.
 */
final class Namespaces {
  private static final String VERSION_SEPARATOR = "/";

  /** In place of a tier that it had, or that somebody else wrote: nobody's label is deleted. */
  private static final String NO_TIER = "";

  /** Nothing is decided by them, so that they are not kept. */
  private static final Set<String> UNUSED_LABELS =
      Set.of(
          "kubernetes.io/metadata.name",
          RecordAnnotations.STATE_LABEL,
          RecordAnnotations.ENDS_LABEL);

  private final Resource<V1Namespace> resource;
  private final ObjectCache<V1Namespace, State> cache;
  private final Catalogue catalogue;

  /**
   * A tool's namespace.
   *
   * @param version of the object: its UID and resourceVersion; empty when there is none
   * @param labels beside those that every tool's namespace has
   */
  record State(
      AccountId tool,
      String version,
      NamespaceState namespace,
      Map<String, String> labels,
      RecordState record,
      AdminFacts facts) {
    static State absent(AccountId tool) {
      return new State(
          tool, "", NamespaceState.ABSENT, Map.of(), new RecordState.None(), AdminFacts.NONE);
    }

    /** With a look at the labels that its template gives it. */
    NamespaceState condition(Blueprint blueprint) {
      return namespace == NamespaceState.READY && !isLabelled(blueprint.namespaceLabels())
          ? NamespaceState.OUTDATED
          : namespace;
    }

    /** A tier that it does not have may have been left by one that it had. */
    private boolean isLabelled(Map<String, String> wanted) {
      return labels.entrySet().containsAll(wanted.entrySet())
          && (wanted.containsKey(Blueprint.TIER_LABEL)
              || labels.getOrDefault(Blueprint.TIER_LABEL, NO_TIER).equals(NO_TIER));
    }
  }

  Namespaces(ClusterConnection connection, Catalogue catalogue) {
    this.catalogue = requireNonNull(catalogue, "catalogue is null");
    this.resource =
        new Resource<>(connection, V1Namespace.class, V1NamespaceList.class, "", "namespaces");
    this.cache = new ObjectCache<>(resource, Selection.ALL, Namespaces::convert);
  }

  ObjectCache<V1Namespace, State> cache() {
    return cache;
  }

  State state(AccountId tool) {
    return cache.get("", Names.namespace(tool)).orElseGet(() -> State.absent(tool));
  }

  /**
   * Creates the namespace, or corrects its labels and leaves the record as it is.
   *
   * @return the version after the write
   */
  String apply(AccountId tool, Map<String, String> labels, String version) {
    return apply(tool, labels, state(tool).record().known(), version);
  }

  /** Writes the record over the version that was read. */
  String record(AccountId tool, AccountRecord record, String version) {
    return apply(tool, catalogue.of(tool).namespaceLabels(), Optional.of(record), version);
  }

  /**
   * Writes what an admin has stated, as another owner of fields than the one who writes the record.
   */
  String state(AccountId tool, AdminFacts facts, String version) {
    String name = Names.namespace(tool);
    var annotations = new HashMap<String, String>();
    AdminFacts.NAMES.forEach(entry -> annotations.put(RecordAnnotations.PREFIX + entry, null));
    annotations.putAll(RecordAnnotations.of(facts));
    return version(
        cache.write(
            "",
            name,
            () ->
                resource.merge(
                    "",
                    name,
                    Map.of(
                        "metadata",
                        Map.of("resourceVersion", at(version)[1], "annotations", annotations)))));
  }

  /** Everything in it goes with it, which takes the API server a while. */
  void delete(AccountId tool, String version) {
    resource.delete("", Names.namespace(tool), at(version)[1]);
  }

  /** Of the tools that have a record, and a namespace that is not being deleted. */
  Stream<State> recorded() {
    return cache
        .values()
        .filter(
            state ->
                state.namespace() != NamespaceState.TERMINATING
                    && !(state.record() instanceof RecordState.None));
  }

  /**
   * The tools whose namespaces are ours, by a record or, as an earlier controller left them, by
   * labels.
   */
  Stream<AccountId> ours() {
    return cache.values().filter(state -> state.namespace().isOurs()).map(State::tool);
  }

  /**
   * A namespace that is not expected to be there is created: applied, one that is would lose its
   * record.
   */
  private String apply(
      AccountId tool, Map<String, String> labels, Optional<AccountRecord> record, String version) {
    String name = Names.namespace(tool);
    var allLabels = new HashMap<>(labels);
    record.map(RecordAnnotations::labels).ifPresent(allLabels::putAll);
    allLabels.putAll(ownLabels(tool));
    if (state(tool).labels().containsKey(Blueprint.TIER_LABEL)) {
      allLabels.putIfAbsent(Blueprint.TIER_LABEL, NO_TIER);
    }
    var metadata = new HashMap<String, Object>(Map.of("name", name, "labels", allLabels));
    record
        .map(RecordAnnotations::of)
        .ifPresent(annotations -> metadata.put("annotations", annotations));
    var manifest = Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", metadata);
    if (version.isEmpty()) {
      return version(cache.write("", name, () -> resource.create("", name, manifest)));
    }
    metadata.put("uid", at(version)[0]);
    metadata.put("resourceVersion", at(version)[1]);
    return version(cache.write("", name, () -> resource.apply("", name, manifest)));
  }

  private static String version(V1Namespace namespace) {
    return namespace.getMetadata().getUid()
        + VERSION_SEPARATOR
        + namespace.getMetadata().getResourceVersion();
  }

  /** UID and resourceVersion. */
  private static String[] at(String version) {
    String[] parts = version.split(VERSION_SEPARATOR, 2);
    if (parts.length < 2) {
      throw new ClusterException(
          ClusterException.Reason.CONFLICT, "could not update a namespace that is not there");
    }
    return parts;
  }

  private static Map<String, String> ownLabels(AccountId tool) {
    return Map.of("name", Names.namespace(tool), "tenancy", "tool");
  }

  private static Optional<State> convert(V1Namespace namespace) {
    V1ObjectMeta meta = namespace.getMetadata();
    return Names.toolOf(meta.getName())
        .map(
            tool -> {
              Map<String, String> entries = RecordAnnotations.ours(meta.getAnnotations());
              RecordState record = RecordAnnotations.parse(entries);
              var labels = new HashMap<>(meta.getLabels());
              boolean labelled = labels.entrySet().containsAll(ownLabels(tool).entrySet());
              labels.keySet().removeAll(ownLabels(tool).keySet());
              labels.keySet().removeAll(UNUSED_LABELS);
              return new State(
                  tool,
                  version(namespace),
                  state(meta, labelled, record),
                  Map.copyOf(labels),
                  record,
                  RecordAnnotations.facts(entries));
            });
  }

  private static NamespaceState state(V1ObjectMeta meta, boolean labelled, RecordState record) {
    if (meta.getDeletionTimestamp() != null) {
      return NamespaceState.TERMINATING;
    }
    if (labelled) {
      return NamespaceState.READY;
    }
    return record instanceof RecordState.None ? NamespaceState.FOREIGN : NamespaceState.UNLABELLED;
  }
}
