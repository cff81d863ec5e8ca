package io.github.maintainkubeusers.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.RecordState;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NamespaceList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;

/** The namespaces of tools, which carry their records as annotations: tools cannot write namespaces. */
final class Namespaces {
    private final Resource<V1Namespace> resource;
    private final Mirror<V1Namespace, State> mirror;

    /** @param uid of the object, by which a namespace that was made anew under the same name is told from it */
    record State(String uid, NamespaceState namespace, RecordState record) {
        static final State ABSENT = new State("", NamespaceState.ABSENT, new RecordState.None());
    }

    Namespaces(ClusterConnection connection) {
        this.resource = new Resource<>(connection, V1Namespace.class, V1NamespaceList.class, "", "namespaces");
        this.mirror = new Mirror<>(resource, Mirror.Selection.ALL, Namespaces::convert);
    }

    Mirror<V1Namespace, State> mirror() {
        return mirror;
    }

    State state(AccountId tool) {
        return mirror.get("", Names.namespace(tool)).orElse(State.ABSENT);
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

    /** The tools that have a record, and a namespace that is not being deleted. */
    Stream<AccountId> recorded() {
        return mirror.keys().flatMap(key -> Names.toolOf(key.name()).stream())
                .filter(tool -> state(tool).namespace() != NamespaceState.TERMINATING
                        && !(state(tool).record() instanceof RecordState.None));
    }

    private void apply(AccountId tool, Optional<AccountRecord> record) {
        String name = Names.namespace(tool);
        var metadata = new HashMap<String, Object>(Map.of("name", name, "labels", labels(tool)));
        String uid = state(tool).uid();
        if (!uid.isEmpty()) {
            metadata.put("uid", uid);
        }
        record.map(RecordAnnotations::of).ifPresent(annotations -> metadata.put("annotations", annotations));
        mirror.written(resource.apply("", name, Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", metadata)));
    }

    private static Map<String, String> labels(AccountId tool) {
        return Map.of("name", Names.namespace(tool), "tenancy", "tool");
    }

    private static Optional<State> convert(V1Namespace namespace) {
        V1ObjectMeta meta = namespace.getMetadata();
        return Names.toolOf(meta.getName()).map(tool -> {
            RecordState record = RecordAnnotations.read(meta.getAnnotations());
            return new State(meta.getUid(), state(meta, tool, record), record);
        });
    }

    private static NamespaceState state(V1ObjectMeta meta, AccountId tool, RecordState record) {
        if (meta.getDeletionTimestamp() != null) {
            return NamespaceState.TERMINATING;
        }
        if (meta.getLabels().entrySet().containsAll(labels(tool).entrySet())) {
            return NamespaceState.READY;
        }
        return record instanceof RecordState.None ? NamespaceState.FOREIGN : NamespaceState.UNLABELLED;
    }
}
