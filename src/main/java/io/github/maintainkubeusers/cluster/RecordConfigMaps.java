package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.plan.Marker;
import io.github.maintainkubeusers.plan.RecordState;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;

/**
 * The ConfigMaps named {@code maintain-kubeusers}: one in each tool's namespace, which tells its owner when the
 * credentials end, and one in the controller's own, which has a key for each admin. Both keep the format that scripts
 * have read since 2019. The admins' one carries their records as annotations beside it.
 */
final class RecordConfigMaps {
    private static final String ADMIN_RECORD = RecordAnnotations.PREFIX + "admin.";
    private static final Set<String> KEYS = Set.of("status", "expires");
    /** Longer than anything that this program writes. */
    private static final int MAX_LENGTH = 200;
    private static final Gson JSON = Resource.JSON;
    private static final TypeToken<Map<String, String>> ENTRIES = new TypeToken<>() {
    };

    private final String ownNamespace;
    private final Resource<V1ConfigMap> resource;
    private final Mirror<V1ConfigMap, Content> mirror;

    /** A tool's: what its owner sees, cut short, for a tool can write a megabyte. The admins': everything. */
    private record Content(Optional<Marker> marker, Map<String, String> expiries, Map<String, String> records) {}

    RecordConfigMaps(ClusterConnection connection, String ownNamespace) {
        this.ownNamespace = requireNonNull(ownNamespace, "ownNamespace is null");
        this.resource = new Resource<>(connection, V1ConfigMap.class, V1ConfigMapList.class, "", "configmaps");
        this.mirror = new Mirror<>(resource, Mirror.Selection.named("", Names.RECORD), this::convert);
    }

    Mirror<V1ConfigMap, ?> mirror() {
        return mirror;
    }

    Optional<Marker> marker(AccountId id) {
        return switch (id.kind()) {
            case TOOL -> mirror.get(Names.namespace(id), Names.RECORD).flatMap(Content::marker);
            case ADMIN -> shared().map(content -> content.expiries().get(id.name().value()))
                    .map(expires -> new Marker("", expires, true));
        };
    }

    RecordState adminRecord(AccountId admin) {
        String text = shared().map(content -> content.records().get(ADMIN_RECORD + admin.name())).orElse("{}");
        try {
            return RecordAnnotations.parse(JSON.fromJson(text, ENTRIES));
        } catch (JsonParseException e) {
            return new RecordState.Unreadable("its annotation is not JSON");
        }
    }

    /** Whatever its owner has written into it or made of it. */
    void markTool(AccountId tool, Marker marker) {
        String namespace = Names.namespace(tool);
        Map<String, String> data = Map.of("status", marker.status(), "expires", marker.expires());
        if (marker(tool).isPresent() && !replaceData(namespace, data)) {
            resource.delete(namespace, Names.RECORD);
            mirror.removed(namespace, Names.RECORD);
        }
        if (marker(tool).isEmpty()) {
            mirror.written(resource.apply(namespace, Names.RECORD, Map.of("apiVersion", "v1", "kind", "ConfigMap",
                    "metadata", Map.of("name", Names.RECORD, "namespace", namespace), "data", data)));
        }
    }

    /** Admins share one object, so that each changes its own keys of it alone. */
    void writeAdmin(AccountId admin, AccountRecord record, Marker marker) {
        mirror.written(resource.mergeOrCreate(ownNamespace, Names.RECORD, "ConfigMap",
                Map.of("metadata", annotation(admin, record), "data", Map.of(admin.name().value(), marker.expires()))));
    }

    void markAdmin(AccountId admin, Marker marker) {
        mirror.written(resource.mergeOrCreate(ownNamespace, Names.RECORD, "ConfigMap",
                Map.of("data", Map.of(admin.name().value(), marker.expires()))));
    }

    /** An admin's record alone; what the admin sees of it stays as it is. */
    void annotateAdmin(AccountId admin, AccountRecord record) {
        mirror.written(resource.mergeOrCreate(ownNamespace, Names.RECORD, "ConfigMap",
                Map.of("metadata", annotation(admin, record))));
    }

    void deleteAdmin(AccountId admin) {
        var nothing = new HashMap<String, Object>();
        nothing.put(admin.name().value(), null);
        var noRecord = new HashMap<String, Object>();
        noRecord.put(ADMIN_RECORD + admin.name(), null);
        mirror.written(resource.merge(ownNamespace, Names.RECORD,
                Map.of("metadata", Map.of("annotations", noRecord), "data", nothing)));
    }

    /** The admins that have a record. */
    Stream<AccountId> admins() {
        return shared().stream().flatMap(content -> content.records().keySet().stream())
                .filter(key -> key.startsWith(ADMIN_RECORD)).map(key -> key.substring(ADMIN_RECORD.length()))
                .flatMap(name -> Names.admin(name).stream());
    }

    /** Whether this is the one of all admins. */
    boolean isShared(Mirror.Key key) {
        return key.namespace().equals(ownNamespace);
    }

    private Optional<Content> shared() {
        return mirror.get(ownNamespace, Names.RECORD);
    }

    /** False when its owner made it one that can no longer be changed. */
    private boolean replaceData(String namespace, Map<String, String> data) {
        try {
            mirror.written(resource.jsonPatch(namespace, Names.RECORD,
                    List.of(Map.of("op", "add", "path", "/data", "value", data),
                            Map.of("op", "add", "path", "/binaryData", "value", Map.of()))));
            return true;
        } catch (ClusterException e) {
            if (e.reason() == ClusterException.Reason.OTHER) {
                return false;
            }
            throw e;
        }
    }

    private static Map<String, Object> annotation(AccountId admin, AccountRecord record) {
        return Map.of("annotations", Map.of(ADMIN_RECORD + admin.name(), JSON.toJson(record.toEntries())));
    }

    private Optional<Content> convert(V1ConfigMap map) {
        String namespace = map.getMetadata().getNamespace();
        if (namespace.equals(ownNamespace)) {
            return Optional.of(new Content(Optional.empty(), new HashMap<>(data(map)),
                    new HashMap<>(map.getMetadata().getAnnotations())));
        }
        return Names.toolOf(namespace).map(_ -> new Content(Optional.of(marker(map)), Map.of(), Map.of()));
    }

    private static Marker marker(V1ConfigMap map) {
        Map<String, String> data = data(map);
        String status = data.getOrDefault("status", "");
        String expires = data.getOrDefault("expires", "");
        boolean clean = data.keySet().equals(KEYS) && isEmpty(map.getBinaryData())
                && !Objects.equals(map.getImmutable(), true)
                && status.length() <= MAX_LENGTH && expires.length() <= MAX_LENGTH;
        return new Marker(cut(status), cut(expires), clean);
    }

    private static Map<String, String> data(V1ConfigMap map) {
        return Optional.ofNullable(map.getData()).orElse(Map.of());
    }

    private static boolean isEmpty(Map<?, ?> map) {
        return map == null || map.isEmpty();
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MAX_LENGTH));
    }
}
