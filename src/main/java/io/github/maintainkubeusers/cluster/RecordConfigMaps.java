package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.plan.RecordState;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;

/**
 * The ConfigMaps named {@code maintain-kubeusers}: one in each tool's namespace, which tells its owner when the
 * credentials end, and one in the controller's own, which has a key for each admin. Both keep the format that scripts
 * have read since 2019. The admins' one carries their records as annotations beside it.
 */
final class RecordConfigMaps {
    private static final DateTimeFormatter EXPIRY = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss")
            .withZone(ZoneOffset.UTC);
    private static final String ADMIN_RECORD = RecordAnnotations.PREFIX + "admin.";
    private static final int MAX_EXPIRY_LENGTH = 64;
    private static final Gson JSON = Resource.JSON;
    private static final TypeToken<Map<String, String>> ENTRIES = new TypeToken<>() {
    };

    private final String ownNamespace;
    private final Resource<V1ConfigMap> resource;
    private final Mirror<V1ConfigMap, Content> mirror;

    /** A tool's: only when its credentials end, cut short, for a tool can write a megabyte. The admins': everything. */
    private record Content(String expires, Map<String, String> expiries, Map<String, String> records) {}

    RecordConfigMaps(ClusterConnection connection, String ownNamespace) {
        this.ownNamespace = requireNonNull(ownNamespace, "ownNamespace is null");
        this.resource = new Resource<>(connection, V1ConfigMap.class, V1ConfigMapList.class, "", "configmaps");
        this.mirror = new Mirror<>(resource, Mirror.Selection.named("", Names.RECORD), this::convert);
    }

    Mirror<V1ConfigMap, ?> mirror() {
        return mirror;
    }

    Optional<String> toolMarker(AccountId tool) {
        return mirror.get(Names.namespace(tool), Names.RECORD).map(Content::expires);
    }

    Optional<String> adminMarker(AccountId admin) {
        return shared().map(content -> content.expiries().get(admin.name().value()));
    }

    RecordState adminRecord(AccountId admin) {
        String text = shared().map(content -> content.records().get(ADMIN_RECORD + admin.name())).orElse("{}");
        try {
            return RecordAnnotations.parse(JSON.fromJson(text, ENTRIES));
        } catch (JsonParseException e) {
            return new RecordState.Unreadable("its annotation is not JSON");
        }
    }

    void writeTool(AccountId tool, Instant notAfter) {
        String namespace = Names.namespace(tool);
        mirror.written(resource.apply(namespace, Names.RECORD,
                Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata",
                        Map.of("name", Names.RECORD, "namespace", namespace), "data",
                        Map.of("status", "user created", "expires", EXPIRY.format(notAfter)))));
    }

    /** Admins share one object, so that each changes its own keys of it alone. */
    void writeAdmin(AccountId admin, AccountRecord record) {
        String name = admin.name().value();
        Map<String, Object> change = Map.of("metadata",
                Map.of("annotations", Map.of(ADMIN_RECORD + name, JSON.toJson(record.toEntries()))), "data",
                Map.of(name, EXPIRY.format(record.notAfter())));
        mirror.written(resource.mergeOrCreate(ownNamespace, Names.RECORD, "ConfigMap", change));
    }

    /** An admin's record alone; what the admin sees of it stays as it is. */
    void annotateAdmin(AccountId admin, AccountRecord record) {
        mirror.written(resource.mergeOrCreate(ownNamespace, Names.RECORD, "ConfigMap", Map.of("metadata",
                Map.of("annotations", Map.of(ADMIN_RECORD + admin.name(), JSON.toJson(record.toEntries()))))));
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

    private Optional<Content> shared() {
        return mirror.get(ownNamespace, Names.RECORD);
    }

    private Optional<Content> convert(V1ConfigMap map) {
        String namespace = map.getMetadata().getNamespace();
        if (namespace.equals(ownNamespace)) {
            return Optional.of(
                    new Content("", new HashMap<>(map.getData()), new HashMap<>(map.getMetadata().getAnnotations())));
        }
        String expires = map.getData().getOrDefault("expires", "");
        return Names.toolOf(namespace).map(_ -> new Content(
                expires.substring(0, Math.min(expires.length(), MAX_EXPIRY_LENGTH)), Map.of(), Map.of()));
    }
}
