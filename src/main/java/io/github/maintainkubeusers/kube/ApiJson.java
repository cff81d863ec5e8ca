package io.github.maintainkubeusers.kube;

import com.google.gson.ExclusionStrategy;
import com.google.gson.FieldAttributes;
import com.google.gson.Gson;
import com.google.gson.stream.JsonReader;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ResourceQuota;
import java.time.OffsetDateTime;
import java.util.function.Predicate;

/**
 * How the client library reads and writes objects. By itself it refuses an object that has a field
 * it does not know, as every newer API server's may, and to find that out reads each part of an
 * object as a tree first, again and again from the outside in. What nobody here looks at, and is
 * the larger part of many objects, is passed over as well.
 */
public final class ApiJson {
  private static final Gson GSON =
      JSON.createGson()
          .addDeserializationExclusionStrategy(new Without(ApiJson::isIdle))
          .registerTypeAdapter(
              OffsetDateTime.class, JSON.getGson().getAdapter(OffsetDateTime.class))
          .registerTypeAdapter(byte[].class, JSON.getGson().getAdapter(byte[].class))
          .create();

  /** Writes objects without their metadata and status, which are most of them. */
  public static final Gson CONTENT =
      GSON.newBuilder()
          .addSerializationExclusionStrategy(new Without(ApiJson::isMetadataOrStatus))
          .create();

  private ApiJson() {}

  /** For all that is read and written from now on. Fields that are not known are passed over. */
  public static void install() {
    JSON.setGson(GSON);
  }

  public static <T> T parse(String text, Class<T> type) {
    return GSON.fromJson(text, type);
  }

  /** Reads the value that comes next. */
  static <T> T read(JsonReader reader, Class<T> type) {
    return GSON.fromJson(reader, type);
  }

  /**
   * Who set which field, and how much of a quota is used, which changes with each pod. An update
   * that says nothing of managed fields leaves them as they are
   * (kubernetes.io/docs/reference/using-api/server-side-apply).
   */
  private static boolean isIdle(FieldAttributes field) {
    return isOf(V1ObjectMeta.class, "managedFields", field)
        || isOf(V1ResourceQuota.class, "status", field);
  }

  private static boolean isOf(Class<?> type, String name, FieldAttributes field) {
    return field.getDeclaringClass() == type && field.getName().equals(name);
  }

  private static boolean isMetadataOrStatus(FieldAttributes field) {
    return field.getName().equals("status") || field.getDeclaredClass() == V1ObjectMeta.class;
  }

  private record Without(Predicate<FieldAttributes> fields) implements ExclusionStrategy {
    @Override
    public boolean shouldSkipField(FieldAttributes field) {
      return fields.test(field);
    }

    @Override
    public boolean shouldSkipClass(Class<?> type) {
      return false;
    }
  }
}
