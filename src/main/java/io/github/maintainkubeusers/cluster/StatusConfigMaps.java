package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonParseException;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AdminFacts;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.RecordState;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The ConfigMaps named {@code maintain-kubeusers}: one in each tool's namespace, which tells its
 * owner when the credentials end, and one in the controller's own, which has a key for each admin.
 * Both keep the format that scripts have read since 2019. The admins' one carries their records as
 * annotations beside it, and those of services.
 */
final class StatusConfigMaps {
  private static final String ADMIN_RECORD = RecordAnnotations.PREFIX + "admin.";
  private static final String ADMIN_FACTS = RecordAnnotations.PREFIX + "facts.";
  private static final String SERVICE_RECORD = RecordAnnotations.PREFIX + "service.";
  private static final String SERVICE_FACTS = RecordAnnotations.PREFIX + "service-facts.";
  private static final Map<String, AccountKind> PREFIXES =
      Map.of(
          ADMIN_RECORD,
          AccountKind.ADMIN,
          ADMIN_FACTS,
          AccountKind.ADMIN,
          SERVICE_RECORD,
          AccountKind.SERVICE,
          SERVICE_FACTS,
          AccountKind.SERVICE);

  /** The identity of the object that all admins and services share, in versions. */
  private static final String SHARED = "/";

  private static final int ATTEMPTS = 5;
  private static final Set<String> KEYS = Set.of("status", "expires");

  private final String ownNamespace;
  private final Resource<V1ConfigMap> resource;
  private final ObjectCache<V1ConfigMap, Content> cache;

  /** By account, all that the shared object says of it: to see whose part of it changes. */
  private Map<AccountId, String> lastParts = Map.of();

  /**
   * Of a tool's: what its owner sees, cut short, because a tool can write a megabyte. Of the
   * admins': everything.
   *
   * @param version of the object
   */
  private record Content(
      Optional<CredentialStatus> status,
      Map<String, String> expiries,
      Map<String, String> annotations,
      String version) {}

  StatusConfigMaps(ClusterConnection connection, String ownNamespace) {
    this.ownNamespace = requireNonNull(ownNamespace, "ownNamespace is null");
    this.resource =
        new Resource<>(connection, V1ConfigMap.class, V1ConfigMapList.class, "", "configmaps");
    this.cache = new ObjectCache<>(resource, Selection.named("", Names.RECORD), this::convert);
  }

  ObjectCache<V1ConfigMap, ?> cache() {
    return cache;
  }

  Optional<CredentialStatus> status(AccountId id) {
    return switch (id.kind()) {
      case TOOL -> toolStatus(Names.namespace(id));
      case ADMIN ->
          shared()
              .map(content -> content.expiries().get(id.name().value()))
              .map(expires -> new CredentialStatus("", expires, true));
      case SERVICE -> Optional.empty();
    };
  }

  Optional<CredentialStatus> toolStatus(String namespace) {
    return cache.get(namespace, Names.RECORD).flatMap(Content::status);
  }

  RecordState sharedRecord(AccountId id) {
    try {
      return RecordAnnotations.parse(sharedEntries(id));
    } catch (JsonParseException e) {
      return new RecordState.Unreadable("its annotation is not JSON");
    }
  }

  AdminFacts sharedFacts(AccountId id) {
    try {
      return RecordAnnotations.facts(sharedEntries(id));
    } catch (JsonParseException e) {
      return AdminFacts.NONE;
    }
  }

  /** The text of an admin's record and facts, which tells whether somebody else wrote meanwhile. */
  String sharedVersion(AccountId id) {
    return shared()
        .map(
            content ->
                SHARED
                    + content.annotations().getOrDefault(record(id), "")
                    + "\n"
                    + content.annotations().getOrDefault(facts(id), ""))
        .orElse(SHARED + "\n");
  }

  private Map<String, String> sharedEntries(AccountId id) {
    Map<String, String> annotations = shared().map(Content::annotations).orElse(Map.of());
    var entries = new HashMap<String, String>();
    for (String name : List.of(record(id), facts(id))) {
      Optional.ofNullable(annotations.get(name))
          .ifPresent(text -> entries.putAll(JsonEntries.read(text)));
    }
    return entries;
  }

  /**
   * Whatever its owner has written into it or made of it.
   *
   * @param beforeDeletion called when it cannot be changed and has to be deleted and created again
   */
  void writeTool(AccountId tool, CredentialStatus status, Runnable beforeDeletion) {
    String namespace = Names.namespace(tool);
    Map<String, String> data = Map.of("status", status.status(), "expires", status.expires());
    if (status(tool).isPresent() && !replaceData(namespace, data)) {
      beforeDeletion.run();
      resource.delete(namespace, Names.RECORD);
      cache.removed(namespace, Names.RECORD);
    }
    if (status(tool).isEmpty()) {
      V1ConfigMap map =
          resource.apply(
              namespace,
              Names.RECORD,
              Map.of(
                  "apiVersion",
                  "v1",
                  "kind",
                  "ConfigMap",
                  "metadata",
                  Map.of("name", Names.RECORD, "namespace", namespace),
                  "data",
                  data));
      cache.written(map);
      if (isEnding(map)) {
        throw new ClusterException(
            ClusterException.Reason.NOT_YET,
            "could not create configmaps "
                + namespace
                + "/"
                + Names.RECORD
                + ": finalizers keep the deleted one from ending");
      }
    }
  }

  private static boolean isEnding(V1ConfigMap map) {
    return map.getMetadata().getDeletionTimestamp() != null;
  }

  /** Admins share one object, so that each changes its own keys of it alone. */
  void writeAdmin(AccountId admin, CredentialStatus status) {
    cache.written(
        resource.mergeOrCreate(
            ownNamespace,
            Names.RECORD,
            "ConfigMap",
            Map.of("data", Map.of(admin.name().value(), status.expires()))));
  }

  /**
   * @return the version after the write
   */
  String recordShared(
      AccountId id, AccountRecord record, Optional<CredentialStatus> status, String version) {
    var patch =
        new HashMap<String, Object>(annotation(record(id), JsonEntries.write(record.toEntries())));
    status
        .filter(_ -> id.kind() == AccountKind.ADMIN)
        .ifPresent(shown -> patch.put("data", Map.of(id.name().value(), shown.expires())));
    return changeShared(id, version, patch);
  }

  /**
   * @return the version after the write
   */
  String stateShared(AccountId id, AdminFacts facts, String version) {
    return changeShared(id, version, annotation(facts(id), JsonEntries.write(facts.toEntries())));
  }

  void deleteShared(AccountId id, String version) {
    var nothing = new HashMap<String, Object>();
    if (id.kind() == AccountKind.ADMIN) {
      nothing.put(id.name().value(), null);
    }
    var noRecord = new HashMap<String, Object>();
    noRecord.put(record(id), null);
    noRecord.put(facts(id), null);
    Object _ =
        changeShared(
            id, version, Map.of("metadata", Map.of("annotations", noRecord), "data", nothing));
  }

  /**
   * Other admins' changes of the shared object are no conflict; a change of this admin's part of it
   * is one.
   */
  private String changeShared(AccountId id, String version, Map<String, ?> patch) {
    for (int attempt = 1; ; attempt++) {
      String objectVersion = shared().map(Content::version).orElseGet(this::createShared);
      if (!sharedVersion(id).equals(version)) {
        throw new ClusterException(
            ClusterException.Reason.CONFLICT,
            "could not update the record of " + id + ": it was changed meanwhile");
      }
      try {
        Object _ =
            cache.write(
                ownNamespace,
                Names.RECORD,
                () ->
                    resource.merge(ownNamespace, Names.RECORD, Manifests.at(objectVersion, patch)));
        return sharedVersion(id);
      } catch (ClusterException e) {
        if (e.reason() != ClusterException.Reason.CONFLICT || attempt >= ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private String createShared() {
    return cache
        .write(
            ownNamespace,
            Names.RECORD,
            () ->
                resource.apply(
                    ownNamespace,
                    Names.RECORD,
                    Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ConfigMap",
                        "metadata",
                        Map.of("name", Names.RECORD, "namespace", ownNamespace))))
        .getMetadata()
        .getResourceVersion();
  }

  /** The admins and services that have a record. */
  Stream<AccountId> sharing() {
    return shared().stream()
        .flatMap(content -> content.annotations().keySet().stream())
        .filter(key -> key.startsWith(ADMIN_RECORD) || key.startsWith(SERVICE_RECORD))
        .flatMap(key -> owner(key).stream());
  }

  private static String record(AccountId id) {
    return (id.kind() == AccountKind.ADMIN ? ADMIN_RECORD : SERVICE_RECORD) + id.name();
  }

  private static String facts(AccountId id) {
    return (id.kind() == AccountKind.ADMIN ? ADMIN_FACTS : SERVICE_FACTS) + id.name();
  }

  /** Whose record or facts an annotation holds. */
  private static Optional<AccountId> owner(String annotation) {
    return PREFIXES.entrySet().stream()
        .filter(entry -> annotation.startsWith(entry.getKey()))
        .findFirst()
        .flatMap(
            entry ->
                Names.account(entry.getValue(), annotation.substring(entry.getKey().length())));
  }

  /**
   * Follows the ConfigMaps. What a tool writes into its own waits for the next pass; that it is
   * gone does not.
   *
   * @param listener told of each tool whose ConfigMap is gone, and of each admin and service whose
   *     part was changed
   */
  void follow(Consumer<AccountId> listener) {
    cache.onChange(
        (key, content) -> {
          if (key.namespace().equals(ownNamespace)) {
            changedShares(content).forEach(listener);
          } else if (content.isEmpty()) {
            Names.toolOf(key.namespace()).ifPresent(listener);
          }
        });
  }

  private synchronized Set<AccountId> changedShares(Optional<Content> content) {
    var parts = new HashMap<AccountId, String>();
    content.ifPresent(
        now -> {
          now.annotations()
              .forEach(
                  (key, text) -> owner(key).ifPresent(id -> parts.merge(id, text, String::concat)));
          now.expiries()
              .forEach(
                  (name, text) ->
                      Names.account(AccountKind.ADMIN, name)
                          .ifPresent(id -> parts.merge(id, text, String::concat)));
        });
    var changed = new HashSet<>(parts.keySet());
    changed.addAll(lastParts.keySet());
    changed.removeIf(id -> Objects.equals(parts.get(id), lastParts.get(id)));
    lastParts = parts;
    return changed;
  }

  private Optional<Content> shared() {
    return cache.get(ownNamespace, Names.RECORD);
  }

  /** False when its owner made it one that can no longer be changed. */
  private boolean replaceData(String namespace, Map<String, String> data) {
    try {
      cache.written(
          resource.jsonPatch(
              namespace,
              Names.RECORD,
              List.of(
                  Map.of("op", "add", "path", "/data", "value", data),
                  Map.of("op", "add", "path", "/binaryData", "value", Map.of()))));
      return true;
    } catch (ClusterException e) {
      if (e.reason() == ClusterException.Reason.OTHER) {
        return false;
      }
      throw e;
    }
  }

  private static Map<String, Object> annotation(String name, String text) {
    return Map.of("metadata", Map.of("annotations", Map.of(name, text)));
  }

  private Optional<Content> convert(V1ConfigMap map) {
    String namespace = map.getMetadata().getNamespace();
    if (namespace.equals(ownNamespace)) {
      return Optional.of(
          new Content(
              Optional.empty(),
              new HashMap<>(data(map)),
              new HashMap<>(map.getMetadata().getAnnotations()),
              map.getMetadata().getResourceVersion()));
    }
    // One that has been deleted counts as gone, however long finalizers keep it.
    return Names.toolOf(namespace)
        .filter(_ -> !isEnding(map))
        .map(_ -> new Content(Optional.of(status(map)), Map.of(), Map.of(), ""));
  }

  private static CredentialStatus status(V1ConfigMap map) {
    Map<String, String> data = data(map);
    String status = data.getOrDefault("status", "");
    String expires = data.getOrDefault("expires", "");
    boolean clean =
        data.keySet().equals(KEYS)
            && isEmpty(map.getBinaryData())
            && !Objects.equals(map.getImmutable(), true)
            && status.length() <= CredentialStatus.MAX_LENGTH
            && expires.length() <= CredentialStatus.MAX_LENGTH;
    return new CredentialStatus(cut(status), cut(expires), clean);
  }

  private static Map<String, String> data(V1ConfigMap map) {
    return Optional.ofNullable(map.getData()).orElse(Map.of());
  }

  private static boolean isEmpty(Map<?, ?> map) {
    return map == null || map.isEmpty();
  }

  private static String cut(String text) {
    return text.substring(0, Math.min(text.length(), CredentialStatus.MAX_LENGTH));
  }
}
