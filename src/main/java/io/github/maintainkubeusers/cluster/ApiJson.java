package io.github.maintainkubeusers.cluster;

import java.time.OffsetDateTime;

import com.google.gson.ExclusionStrategy;
import com.google.gson.FieldAttributes;
import com.google.gson.Gson;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ResourceQuota;

/**
 * How the client library reads and writes objects. By itself it refuses an object that has a field it does not know,
 * as every newer API server's may, and to find that out reads each part of an object as a tree first, again and again
 * from the outside in. What nobody here looks at, and is the larger part of many objects, is passed over as well.
 */
final class ApiJson {
    private static final Gson GSON = JSON.createGson().addDeserializationExclusionStrategy(new Idle())
            .registerTypeAdapter(OffsetDateTime.class, JSON.getGson().getAdapter(OffsetDateTime.class))
            .registerTypeAdapter(byte[].class, JSON.getGson().getAdapter(byte[].class)).create();

    /** Writes objects without their metadata and status, which are most of them. */
    static final Gson CONTENT = GSON.newBuilder().addSerializationExclusionStrategy(new WithoutMetadata()).create();

    private ApiJson() {}

    /** For all that is read and written from now on. Fields that are not known are passed over. */
    static void install() {
        JSON.setGson(GSON);
    }

    /**
     * Who set which field, and how much of a quota is used, which changes with each pod. An update that says nothing of
     * managed fields leaves them as they are (kubernetes.io/docs/reference/using-api/server-side-apply).
     */
    private static final class Idle implements ExclusionStrategy {
        @Override
        public boolean shouldSkipField(FieldAttributes field) {
            return isOf(V1ObjectMeta.class, "managedFields", field) || isOf(V1ResourceQuota.class, "status", field);
        }

        @Override
        public boolean shouldSkipClass(Class<?> type) {
            return false;
        }

        private static boolean isOf(Class<?> type, String name, FieldAttributes field) {
            return field.getDeclaringClass() == type && field.getName().equals(name);
        }
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
