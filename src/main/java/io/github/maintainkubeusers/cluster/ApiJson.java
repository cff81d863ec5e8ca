package io.github.maintainkubeusers.cluster;

import java.time.OffsetDateTime;

import com.google.gson.ExclusionStrategy;
import com.google.gson.FieldAttributes;
import com.google.gson.Gson;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ObjectMeta;

/**
 * How the client library reads and writes objects. By itself it refuses an object that has a field it does not know,
 * as every newer API server's may, and to find that out reads each part of an object as a tree first, again and again
 * from the outside in.
 */
final class ApiJson {
    private static final Gson GSON = JSON.createGson()
            .registerTypeAdapter(OffsetDateTime.class, JSON.getGson().getAdapter(OffsetDateTime.class))
            .registerTypeAdapter(byte[].class, JSON.getGson().getAdapter(byte[].class)).create();

    /** Writes objects without their metadata and status, which are most of them. */
    static final Gson CONTENT = GSON.newBuilder().addSerializationExclusionStrategy(new WithoutMetadata()).create();

    private ApiJson() {}

    /** For all that is read and written from now on. Fields that are not known are passed over. */
    static void install() {
        JSON.setGson(GSON);
    }

    private static final class WithoutMetadata implements ExclusionStrategy {
        @Override
        public boolean shouldSkipField(FieldAttributes field) {
            return field.getName().equals("status") || field.getDeclaredClass() == V1ObjectMeta.class;
        }

        @Override
        public boolean shouldSkipClass(Class<?> type) {
            return false;
        }
    }
}
