package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.generic.options.ListOptions;

/**
 * The objects of one kind, as small values, kept up to date by a {@link Follower}. Listed in pages, so that many objects make no
 * large peak.
 *
 * <p>What we write ourselves is put in at once by {@link #written}, so that a look at the mirror never shows a state
 * from before our own writes. Versions decide between that and the watch, which may be behind: Kubernetes'
 * resourceVersions of one kind are numbers that grow (kubernetes.io/docs/reference/using-api/api-concepts).
 */
final class Mirror<T extends KubernetesObject, V> {
    private static final int PAGE = 500;

    private final Resource<T> resource;
    private final Selection selection;
    private final Function<T, Optional<V>> convert;
    private final ConcurrentNavigableMap<Key, Entry<V>> entries = new ConcurrentSkipListMap<>();
    private final List<BiConsumer<Key, Optional<V>>> listeners = new CopyOnWriteArrayList<>();
    private final Object change = new Object();
    private long seen;

    /** Where an object is; the namespace is empty for one that stands in none. */
    record Key(String namespace, String name) implements Comparable<Key> {
        /** Spelled out, for it is most of what a pass with nothing to do consists of. */
        @Override
        public int compareTo(Key other) {
            int order = namespace.compareTo(other.namespace);
            return order == 0 ? name.compareTo(other.name) : order;
        }
    }

    private record Entry<V>(long version, V value) {}

    /** Which objects of the kind: of one namespace, or of all when it is empty. */
    record Selection(String namespace, String fields, String labels) {
        private static final String NAME = "metadata.name=";
        static final Selection ALL = new Selection("", "", "");

        static Selection named(String namespace, String name) {
            return new Selection(namespace, NAME + name, "");
        }

        /** The one object's name, where only one is selected. */
        private Optional<String> objectName() {
            return fields.startsWith(NAME) ? Optional.of(fields.substring(NAME.length())) : Optional.empty();
        }

        ListOptions options() {
            var options = new ListOptions();
            if (!fields.isEmpty()) {
                options.setFieldSelector(fields);
            }
            if (!labels.isEmpty()) {
                options.setLabelSelector(labels);
            }
            return options;
        }
    }

    /** @param convert makes the value to be kept, empty for an object that is of no interest */
    Mirror(Resource<T> resource, Selection selection, Function<T, Optional<V>> convert) {
        this.resource = requireNonNull(resource, "resource is null");
        this.selection = requireNonNull(selection, "selection is null");
        this.convert = requireNonNull(convert, "convert is null");
    }

    Optional<V> get(String namespace, String name) {
        return Optional.ofNullable(entries.get(new Key(namespace, name))).map(Entry::value);
    }

    /** The values of one namespace. */
    Stream<V> in(String namespace) {
        return entries.subMap(new Key(namespace, ""), new Key(namespace + '\0', "")).values().stream()
                .map(Entry::value);
    }

    Stream<V> values() {
        return entries.values().stream().map(Entry::value);
    }

    Stream<Key> keys() {
        return entries.keySet().stream();
    }

    /** Where the objects are whose values are of interest. */
    Stream<Key> keys(Predicate<V> which) {
        return entries.entrySet().stream().filter(entry -> which.test(entry.getValue().value()))
                .map(Map.Entry::getKey);
    }

    /** @param listener told of each change, with the value that is new, or empty when the object is gone */
    void onChange(BiConsumer<Key, Optional<V>> listener) {
        listeners.add(listener);
    }

    /** Lists everything. Throws when it cannot. */
    void load() {
        var listed = new HashMap<Key, Entry<V>>();
        ListOptions options = selection.options();
        options.setLimit(PAGE);
        long version;
        do {
            KubernetesListObject page = resource.list(selection.namespace(), options);
            version = version(page.getMetadata().getResourceVersion());
            options.setContinue(page.getMetadata().getContinue());
            for (KubernetesObject item : page.getItems()) {
                put(listed, item);
            }
        } while (options.getContinue() != null && !options.getContinue().isEmpty());
        replace(listed, version);
    }

    /** Takes in what the API server answered to a write of ours. */
    void written(T object) {
        V1ObjectMeta meta = object.getMetadata();
        synchronized (change) {
            if (version(meta.getResourceVersion()) > seen) {
                accept(object, false);
            }
        }
    }

    /** Takes in that we deleted an object; should it stand nevertheless, the watch brings it back. */
    void removed(String namespace, String name) {
        var key = new Key(namespace, name);
        if (entries.remove(key) != null) {
            tell(key, Optional.empty());
        }
    }

    /**
     * Takes in what a write of ours gives. When the write conflicts, takes in what stands there now, so that the next
     * plan is made from it.
     */
    T write(String namespace, String name, Supplier<T> write) {
        try {
            T answer = write.get();
            written(answer);
            return answer;
        } catch (ClusterException e) {
            throw conflict(namespace, name, e);
        }
    }

    /** The same for a deletion. */
    void delete(String namespace, String name, Runnable deletion) {
        try {
            deletion.run();
        } catch (ClusterException e) {
            throw conflict(namespace, name, e);
        }
        removed(namespace, name);
    }

    private ClusterException conflict(String namespace, String name, ClusterException failure) {
        boolean gone = failure.reason() == ClusterException.Reason.NOT_FOUND;
        if (!gone && failure.reason() != ClusterException.Reason.CONFLICT) {
            return failure;
        }
        resource.find(namespace, name).ifPresentOrElse(this::written, () -> removed(namespace, name));
        return gone
                ? new ClusterException(ClusterException.Reason.CONFLICT, failure.getMessage(), failure)
                : failure;
    }

    Resource<T> resource() {
        return resource;
    }

    /** What is mirrored, as in {@code namespaces} or {@code configmaps/cluster-info}. */
    String name() {
        return resource.plural() + selection.objectName().map(name -> "/" + name).orElse("");
    }

    Selection selection() {
        return selection;
    }

    /** The version up to which everything has been seen. */
    long seen() {
        synchronized (change) {
            return seen;
        }
    }

    /** Takes in one event of a watch. */
    void take(Watch.Response<T> event) {
        synchronized (change) {
            long version = version(event.object.getMetadata().getResourceVersion());
            if (!event.type.equals("BOOKMARK")) {
                accept(event.object, event.type.equals("DELETED"));
            }
            seen = Math.max(seen, version);
        }
    }

    private void accept(T object, boolean deleted) {
        Key key = key(object);
        long version = version(object.getMetadata().getResourceVersion());
        Entry<V> known = entries.get(key);
        if (known != null && known.version() >= version) {
            return;
        }
        Optional<V> value = deleted ? Optional.empty() : convert.apply(object);
        if (value.isPresent()) {
            entries.put(key, new Entry<>(version, value.get()));
            if (known != null && known.value().equals(value.get())) {
                return; // only something changed that is of no interest
            }
        } else if (entries.remove(key) == null) {
            return;
        }
        tell(key, value);
    }

    private void replace(Map<Key, Entry<V>> listed, long version) {
        synchronized (change) {
            var gone = new HashMap<>(entries);
            gone.keySet().removeAll(listed.keySet());
            gone.forEach((key, entry) -> {
                if (entry.version() <= version && entries.remove(key, entry)) {
                    tell(key, Optional.empty());
                }
            });
            listed.forEach((key, entry) -> {
                Entry<V> known = entries.get(key);
                if (known == null || known.version() < entry.version()) {
                    entries.put(key, entry);
                    tell(key, Optional.of(entry.value()));
                }
            });
            seen = Math.max(seen, version);
        }
    }

    @SuppressWarnings("unchecked") // the items of a list of this kind are of this type
    private void put(Map<Key, Entry<V>> listed, KubernetesObject item) {
        convert.apply((T) item).ifPresent(
                value -> listed.put(key(item), new Entry<>(version(item.getMetadata().getResourceVersion()), value)));
    }

    private void tell(Key key, Optional<V> value) {
        listeners.forEach(listener -> listener.accept(key, value));
    }

    private static Key key(KubernetesObject object) {
        V1ObjectMeta meta = object.getMetadata();
        return new Key(meta.getNamespace() == null ? "" : meta.getNamespace(), meta.getName());
    }

    private static long version(String resourceVersion) {
        return Long.parseLong(resourceVersion);
    }
}
