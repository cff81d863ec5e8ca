package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.Watch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The objects of one kind, as small values, kept up to date by a {@link Reflector}.
 *
 * <p>What we write ourselves is put in at once by {@link #written}, so that a look at the cache
 * never shows a state from before our own writes. Versions decide between that and the watch, which
 * may be behind: Kubernetes' resourceVersions of one kind are numbers that grow
 * (kubernetes.io/docs/reference/using-api/api-concepts).
 */
public final class ObjectCache<T extends KubernetesObject, V> {
  private final Resource<T> resource;
  private final Selection selection;
  private final Function<T, Optional<V>> convert;
  private final ObjectIndex<Entry<V>> entries = new ObjectIndex<>();
  private final List<BiConsumer<ObjectKey, Optional<V>>> listeners = new CopyOnWriteArrayList<>();
  private final Object change = new Object();
  private long seen;

  private record Entry<V>(long version, V value) {}

  /**
   * @param convert makes the value to be kept, empty for an object that is of no interest
   */
  public ObjectCache(Resource<T> resource, Selection selection, Function<T, Optional<V>> convert) {
    this.resource = requireNonNull(resource, "resource is null");
    this.selection = requireNonNull(selection, "selection is null");
    this.convert = requireNonNull(convert, "convert is null");
  }

  public Optional<V> get(String namespace, String name) {
    return entries.get(new ObjectKey(namespace, name)).map(Entry::value);
  }

  /** The values of one namespace. */
  public List<V> in(String namespace) {
    var values = new ArrayList<V>();
    for (Entry<V> entry : entries.in(namespace).values()) {
      values.add(entry.value());
    }
    return values;
  }

  public Stream<V> values() {
    return entries.values().map(Entry::value);
  }

  public Stream<ObjectKey> keys() {
    return keys(_ -> true);
  }

  /** Where the objects are whose values are of interest. */
  public Stream<ObjectKey> keys(Predicate<V> which) {
    var keys = new ArrayList<ObjectKey>();
    entries.forEach(
        (namespace, name, entry) -> {
          if (which.test(entry.value())) {
            keys.add(new ObjectKey(namespace, name));
          }
        });
    return keys.stream();
  }

  /**
   * @param listener told of each change, with the value that is new, or empty when the object is
   *     gone
   */
  public void onChange(BiConsumer<ObjectKey, Optional<V>> listener) {
    listeners.add(listener);
  }

  /**
   * Lists everything.
   *
   * @throws ClusterException when it cannot
   */
  public void load() {
    load(List.of(selection));
  }

  /**
   * Lists only some, as if there were no others; nothing may follow the cache afterwards.
   *
   * @param some not one object twice
   * @throws ClusterException when it cannot
   */
  public void load(List<Selection> some) {
    load(some, _ -> true);
  }

  /** Lists all objects, and keeps those that pass a test that the API server cannot make. */
  public void load(Predicate<T> which) {
    load(List.of(selection), which);
  }

  private void load(List<Selection> some, Predicate<T> which) {
    long before = seen();
    var listed = new HashMap<ObjectKey, Entry<V>>();
    long version = 0;
    for (Selection part : some) {
      version =
          resource.listAll(
              part,
              item -> {
                if (which.test(item)) {
                  put(listed, item);
                }
              });
    }
    replace(listed, version, before);
  }

  /** Takes in what the API server answered to a write of ours. */
  public void written(T object) {
    V1ObjectMeta meta = object.getMetadata();
    synchronized (change) {
      if (version(meta.getResourceVersion()) > seen) {
        accept(object, false);
      }
    }
  }

  /** Takes in that we deleted an object; should it stand nevertheless, the watch brings it back. */
  public void removed(String namespace, String name) {
    var key = new ObjectKey(namespace, name);
    synchronized (change) {
      if (entries.remove(key)) {
        notifyFollowers(key, Optional.empty());
      }
    }
  }

  /**
   * Takes in what a write of ours gives. When the write conflicts, takes in what stands there now,
   * so that the next plan is made from it.
   */
  public T write(String namespace, String name, Supplier<T> write) {
    try {
      T answer = write.get();
      written(answer);
      return answer;
    } catch (ClusterException e) {
      throw conflict(namespace, name, e);
    }
  }

  /** The same for a deletion. */
  public void delete(String namespace, String name, Runnable deletion) {
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

  /** What is cached, as in {@code namespaces} or {@code configmaps/cluster-info}. */
  String name() {
    return resource.plural() + selection.objectName().map(name -> "/" + name).orElse("");
  }

  Selection selection() {
    return selection;
  }

  /** Whether a list of the objects has ever come. */
  public boolean isLoaded() {
    return seen() > 0;
  }

  /** The version up to which everything has been seen. */
  long seen() {
    synchronized (change) {
      return seen;
    }
  }

  /** Takes in one event of a watch. */
  void accept(Watch.Response<T> event) {
    synchronized (change) {
      long version = version(event.object.getMetadata().getResourceVersion());
      if (!event.type.equals("BOOKMARK")) {
        accept(event.object, event.type.equals("DELETED"));
      }
      seen = Math.max(seen, version);
    }
  }

  private void accept(T object, boolean deleted) {
    ObjectKey key = key(object);
    long version = version(object.getMetadata().getResourceVersion());
    Optional<Entry<V>> known = entries.get(key);
    if (known.filter(entry -> entry.version() >= version).isPresent()) {
      return;
    }
    Optional<V> value = deleted ? Optional.empty() : convert.apply(object);
    if (value.isPresent()) {
      entries.put(key, new Entry<>(version, value.get()));
      if (known.map(Entry::value).equals(value)) {
        return; // only something changed that is of no interest
      }
    } else if (!entries.remove(key)) {
      return;
    }
    notifyFollowers(key, value);
  }

  /**
   * Takes in a list. Versions that have gone back are of an etcd that was restored: then it
   * replaces everything.
   *
   * @param before the version up to which everything had been seen when the list began
   */
  private void replace(Map<ObjectKey, Entry<V>> listed, long version, long before) {
    synchronized (change) {
      boolean restored = version < before;
      Map<ObjectKey, Entry<V>> gone = entries.all();
      gone.keySet().removeAll(listed.keySet());
      gone.forEach(
          (key, entry) -> {
            if ((restored || entry.version() <= version) && entries.remove(key)) {
              notifyFollowers(key, Optional.empty());
            }
          });
      listed.forEach(
          (key, entry) -> {
            if (isNews(key, entry, restored ? Long.MAX_VALUE : version)) {
              entries.put(key, entry);
              notifyFollowers(key, Optional.of(entry.value()));
            }
          });
      seen = restored ? version : Math.max(seen, version);
    }
  }

  /**
   * What a list shows counts against everything but our own writes after it: etcd may have been
   * restored.
   */
  private boolean isNews(ObjectKey key, Entry<V> listed, long listVersion) {
    return entries
        .get(key)
        .filter(known -> known.equals(listed) || known.version() > listVersion)
        .isEmpty();
  }

  /**
   * Whether the versions that the API server has now are older than those that were seen: etcd was
   * restored.
   */
  boolean haveVersionsGoneBack() {
    long before = seen();
    return resource.list(selection, new Listing.Page(1, ""), _ -> {}).version() < before;
  }

  private void put(Map<ObjectKey, Entry<V>> listed, T item) {
    long version = version(item.getMetadata().getResourceVersion());
    convert.apply(item).ifPresent(value -> listed.put(key(item), new Entry<>(version, value)));
  }

  private void notifyFollowers(ObjectKey key, Optional<V> value) {
    listeners.forEach(listener -> listener.accept(key, value));
  }

  private static ObjectKey key(KubernetesObject object) {
    V1ObjectMeta meta = object.getMetadata();
    return new ObjectKey(meta.getNamespace() == null ? "" : meta.getNamespace(), meta.getName());
  }

  private static long version(String resourceVersion) {
    return Listing.version(resourceVersion);
  }
}
