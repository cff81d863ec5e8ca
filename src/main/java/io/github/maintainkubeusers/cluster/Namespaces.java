package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.plan.Blueprint;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.RecordState;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NamespaceList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;

/** The namespaces of tools, which carry their records as annotations: tools cannot write namespaces. */
final class Namespaces {
    private final Resource<V1Namespace> resource;
    private final Mirror<V1Namespace, State> mirror;
    private final Catalogue catalogue;

    /**
     * @param uid of the object, by which a namespace that was made anew under the same name is told from it
     * @param version of the object, by which a record that somebody else wrote meanwhile is noticed
     * @param labels beside those that every tool's namespace has
     */
    record State(AccountId tool, String uid, String version, NamespaceState namespace, Map<String, String> labels,
            RecordState record) {
        static State absent(AccountId tool) {
            return new State(tool, "", "", NamespaceState.ABSENT, Map.of(), new RecordState.None());
        }
    }

    Namespaces(ClusterConnection connection, Catalogue catalogue) {
        this.catalogue = requireNonNull(catalogue, "catalogue is null");
        this.resource = new Resource<>(connection, V1Namespace.class, V1NamespaceList.class, "", "namespaces");
        this.mirror = new Mirror<>(resource, Mirror.Selection.ALL, Namespaces::convert);
    }

    Mirror<V1Namespace, State> mirror() {
        return mirror;
    }

    State state(AccountId tool) {
        return mirror.get("", Names.namespace(tool)).orElseGet(() -> State.absent(tool));
    }

    /** With a look at the labels that its template gives it. */
    NamespaceState condition(AccountId tool, Blueprint blueprint) {
        State state = state(tool);
        return state.namespace() == NamespaceState.READY
                && !state.labels().entrySet().containsAll(blueprint.namespaceLabels().entrySet())
                        ? NamespaceState.OUTDATED
                        : state.namespace();
    }

    /** Makes the namespace, or puts its labels right and leaves the record as it is. */
    void apply(AccountId tool) {
        apply(tool, state(tool).record().known());
    }

    /** Fails when the namespace is no longer the one that was observed. */
    void record(AccountId tool, AccountRecord record) {
        apply(tool, Optional.of(record));
    }

    /** Everything in it goes with it, which takes the API server a while. */
    void delete(AccountId tool) {
        resource.delete("", Names.namespace(tool));
    }

    /** Of the tools that have a record, and a namespace that is not being deleted. */
    Stream<State> recorded() {
        return mirror.values().filter(state -> state.namespace() != NamespaceState.TERMINATING
                && !(state.record() instanceof RecordState.None));
    }

    /** The tools that have no record, but a namespace with our labels: those of an earlier controller. */
    Stream<AccountId> unrecorded() {
        return mirror.values().filter(state -> state.record() instanceof RecordState.None
                && state.namespace() == NamespaceState.READY).map(State::tool);
    }

    private void apply(AccountId tool, Optional<AccountRecord> record) {
        String name = Names.namespace(tool);
        var metadata = new HashMap<String, Object>(Map.of("name", name, "labels", labels(tool)));
        State known = state(tool);
        if (!known.uid().isEmpty()) {
            metadata.put("uid", known.uid());
            metadata.put("resourceVersion", known.version());
        }
        record.map(RecordAnnotations::of).ifPresent(annotations -> metadata.put("annotations", annotations));
        mirror.written(resource.apply("", name, Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", metadata)));
    }

    private Map<String, String> labels(AccountId tool) {
        var labels = new HashMap<>(catalogue.of(tool).namespaceLabels());
        labels.putAll(ownLabels(tool));
        return labels;
    }

    private static Map<String, String> ownLabels(AccountId tool) {
        return Map.of("name", Names.namespace(tool), "tenancy", "tool");
    }

    private static Optional<State> convert(V1Namespace namespace) {
        V1ObjectMeta meta = namespace.getMetadata();
        return Names.toolOf(meta.getName()).map(tool -> {
            RecordState record = RecordAnnotations.read(meta.getAnnotations());
            var labels = new HashMap<>(meta.getLabels());
            boolean labelled = labels.entrySet().containsAll(ownLabels(tool).entrySet());
            labels.keySet().removeAll(ownLabels(tool).keySet());
            labels.remove("kubernetes.io/metadata.name");
            return new State(tool, meta.getUid(), meta.getResourceVersion(), state(meta, labelled, record),
                    Map.copyOf(labels), record);
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
