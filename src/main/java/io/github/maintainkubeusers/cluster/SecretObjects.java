package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.github.maintainkubeusers.plan.Content;
import io.github.maintainkubeusers.plan.Delivery;
import io.github.maintainkubeusers.plan.HomeCondition;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1SecretList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Secrets of services. Each is followed by itself, by a list and a watch of one name, so that
 * no right is needed for any other Secret. Of what they hold, a fingerprint is kept.
 */
final class SecretObjects {
  private static final Logger LOG = LoggerFactory.getLogger(SecretObjects.class);

  /** Somebody asks for new credentials. */
  static final String ROTATE = RecordAnnotations.PREFIX + "rotate";

  private final Resource<V1Secret> resource;
  private final Services services;
  private final Map<AccountId, ObjectCache<V1Secret, State>> caches = new TreeMap<>();
  private final Map<AccountId, String> faults = new ConcurrentHashMap<>();

  /**
   * A Secret that is there.
   *
   * @param fingerprint of what it holds
   * @param service that it says it is of; empty for somebody else's
   * @param rotationRequested whether somebody asks for new credentials by an annotation
   */
  private record State(
      String fingerprint,
      Set<String> keys,
      String type,
      Optional<String> service,
      boolean rotationRequested) {}

  SecretObjects(ClusterConnection connection, Services services) {
    this.services = requireNonNull(services, "services is null");
    this.resource = new Resource<>(connection, V1Secret.class, V1SecretList.class, "", "secrets");
    for (Service service : services.all()) {
      caches.put(
          service.id(),
          new ObjectCache<>(
              resource,
              Selection.named(service.secret().namespace(), service.secret().name()),
              secret -> Optional.of(state(secret))));
    }
  }

  Collection<? extends ObjectCache<V1Secret, ?>> caches() {
    return caches.values();
  }

  /** One that cannot be read is the affair of its service alone. */
  void load() {
    caches.forEach(
        (id, cache) -> {
          try {
            cache.load();
          } catch (ClusterException e) {
            if (e.reason() != ClusterException.Reason.FORBIDDEN) {
              throw e;
            }
            LOG.debug("{}: its Secret cannot be read", id, e);
            faults.put(id, e.getMessage());
          }
        });
  }

  void follow(Consumer<AccountId> listener) {
    caches.forEach((id, cache) -> cache.onChange((_, _) -> listener.accept(id)));
  }

  /** Whether the Secret stands: its deletion asks for new credentials. */
  boolean stands(AccountId id) {
    return services.find(id).filter(service -> state(service).isPresent()).isPresent();
  }

  /**
   * @param record what was last put into it, if that is known
   */
  Delivery delivery(AccountId id, Optional<AccountRecord> record) {
    return services.find(id).map(service -> delivery(service, record)).orElse(Delivery.UNCHECKED);
  }

  private Delivery delivery(Service service, Optional<AccountRecord> record) {
    if (!caches.get(service.id()).isLoaded()) {
      return Delivery.impossible(
          "its Secret "
              + service.secret()
              + " cannot be read: "
              + faults.getOrDefault(service.id(), "it has not been listed yet")
              + ". Grant it as the component manifests/components/services does");
    }
    Optional<State> state = state(service);
    if (state.isEmpty()) {
      return Delivery.UNCHECKED;
    }
    if (!state.get().service().equals(Optional.of(service.name().value()))) {
      return Delivery.impossible(
          "the Secret "
              + service.secret()
              + " belongs to another owner: it has no label "
              + Service.LABEL
              + "="
              + service.name()
              + ". Delete the Secret, or set that label to have it replaced");
    }
    HomeCondition condition =
        !record
                .flatMap(known -> known.applied().secret())
                .equals(Optional.of(state.get().fingerprint()))
            ? HomeCondition.CREDENTIALS_DAMAGED
            : state.get().keys().equals(service.format().keys())
                ? HomeCondition.UNCHECKED
                : HomeCondition.KUBECONFIG_OUTDATED;
    return new Delivery(condition, state.get().rotationRequested(), Optional.empty());
  }

  /** See {@link Cluster#deliver}. */
  String deliver(Service service, Map<String, byte[]> files, Map<String, String> annotations) {
    String namespace = service.secret().namespace();
    String name = service.secret().name();
    ObjectCache<V1Secret, State> cache = caches.get(service.id());
    Optional<State> state = state(service);
    if (state.filter(found -> !found.type().equals(service.format().type())).isPresent()) {
      cache.delete(namespace, name, () -> resource.delete(namespace, name));
      state = Optional.empty();
    }
    Map<String, Object> manifest = manifest(service, files, annotations);
    Optional<State> before = state;
    V1Secret written =
        cache.write(
            namespace,
            name,
            () ->
                before.isEmpty()
                    ? resource.create(namespace, name, manifest)
                    : resource.merge(namespace, name, replacing(before.get(), manifest)));
    return state(written).fingerprint();
  }

  /** What it holds. */
  Map<String, byte[]> delivered(Service service) {
    return resource
        .find(service.secret().namespace(), service.secret().name())
        .map(secret -> data(secret))
        .orElse(Map.of());
  }

  private static Map<String, Object> manifest(
      Service service, Map<String, byte[]> files, Map<String, String> annotations) {
    var labels = new HashMap<>(service.shownLabels());
    labels.putAll(Names.MANAGED_BY);
    var data = new HashMap<String, String>();
    files.forEach((key, bytes) -> data.put(key, Base64.getEncoder().encodeToString(bytes)));
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Secret",
        "type",
        service.format().type(),
        "metadata",
        Map.of(
            "namespace",
            service.secret().namespace(),
            "name",
            service.secret().name(),
            "labels",
            labels,
            "annotations",
            annotations),
        "data",
        data);
  }

  /**
   * A merge patch, which unlike server-side apply takes away in the same write what others put
   * there: keys that are not ours, and the request that is answered.
   */
  private static Map<String, Object> replacing(State before, Map<String, Object> manifest) {
    var patch = new HashMap<>(manifest);
    var data = new HashMap<String, Object>();
    before.keys().forEach(key -> data.put(key, null));
    data.putAll(Manifests.mapping(manifest.get("data")));
    patch.put("data", data);
    Map<String, Object> metadata = Manifests.mapping(manifest.get("metadata"));
    var annotations = new HashMap<>(Manifests.mapping(metadata.get("annotations")));
    if (!annotations.isEmpty()) {
      annotations.put(ROTATE, null);
    }
    metadata.put("annotations", annotations);
    patch.put("metadata", metadata);
    return patch;
  }

  private Optional<State> state(Service service) {
    return caches.get(service.id()).get(service.secret().namespace(), service.secret().name());
  }

  private static State state(V1Secret secret) {
    Map<String, byte[]> data = data(secret);
    var digests = new TreeMap<String, Object>();
    data.forEach((key, bytes) -> digests.put(key, Base64.getEncoder().encodeToString(bytes)));
    Map<String, String> labels =
        Optional.ofNullable(secret.getMetadata().getLabels()).orElse(Map.of());
    Map<String, String> annotations =
        Optional.ofNullable(secret.getMetadata().getAnnotations()).orElse(Map.of());
    return new State(
        Content.fingerprint(digests.toString()),
        new HashSet<>(data.keySet()),
        Optional.ofNullable(secret.getType()).orElse(""),
        Optional.ofNullable(labels.get(Service.LABEL)),
        annotations.containsKey(ROTATE));
  }

  private static Map<String, byte[]> data(V1Secret secret) {
    return Optional.ofNullable(secret.getData()).orElse(Map.of());
  }
}
