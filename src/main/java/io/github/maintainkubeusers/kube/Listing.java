package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.Pair;
import io.kubernetes.client.openapi.models.V1ListMeta;
import io.kubernetes.client.util.Watch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Response;

/**
 * Lists and watches of one kind of object. A page is read as a stream: it takes no more memory than
 * the largest object in it, because tenants choose how large theirs are. What is no list, from a
 * proxy say, is an error like any other.
 */
public final class Listing<T extends KubernetesObject> {
  private static final int MOST_OF_AN_ERROR = 64 << 10;
  private static final String[] AUTHENTICATION = {"BearerToken"};

  private final ClusterConnection connection;
  private final Class<T> type;
  private final String prefix;
  private final String plural;

  /**
   * One page of a list.
   *
   * @param limit of objects; 0 for all
   * @param next where an earlier page ended; empty for the first
   */
  public record Page(int limit, String next) {}

  /**
   * What a page says beside its objects.
   *
   * @param version of the whole list
   * @param next where the next page begins; empty when there is none
   */
  record Read(long version, String next) {}

  Listing(ClusterConnection connection, Class<T> type, String group, String plural) {
    this.connection = requireNonNull(connection, "connection is null");
    this.type = requireNonNull(type, "type is null");
    this.prefix = group.isEmpty() ? "/api/v1" : "/apis/" + group + "/v1";
    this.plural = requireNonNull(plural, "plural is null");
  }

  /** Reads one page, and hands each object on as it comes. */
  Read read(Selection selection, Page page, Consumer<T> each) {
    String action = "list " + plural;
    List<Pair> parameters = parameters(selection);
    add(parameters, "limit", page.limit() == 0 ? "" : Integer.toString(page.limit()));
    add(parameters, "continue", page.next());
    try (Response response = call(connection.calls(), selection, parameters).execute()) {
      if (!response.isSuccessful()) {
        throw Failures.of(action, response.code(), response.peekBody(MOST_OF_AN_ERROR).string());
      }
      return read(new JsonReader(response.body().charStream()), each);
    } catch (ApiException e) {
      throw Failures.of(action, e);
    } catch (UnusableAnswerException | JsonParseException | IllegalStateException e) {
      throw unusable(action, e);
    } catch (IOException e) {
      throw e instanceof com.google.gson.stream.MalformedJsonException
          ? unusable(action, e)
          : Failures.unreachable(action, e);
    }
  }

  /** Watches from this version on, with bookmarks. */
  Watch<T> watch(Selection selection, long version, int timeoutSeconds) {
    String action = "watch " + plural;
    List<Pair> parameters = parameters(selection);
    add(parameters, "watch", "true");
    add(parameters, "allowWatchBookmarks", "true");
    add(parameters, "resourceVersion", Long.toString(version));
    add(parameters, "timeoutSeconds", Integer.toString(timeoutSeconds));
    ApiClient client = connection.watches();
    try {
      return Watch.createWatch(
          client,
          call(client, selection, parameters),
          TypeToken.getParameterized(Watch.Response.class, type).getType());
    } catch (ApiException e) {
      throw Failures.of(action, e);
    } catch (RuntimeException e) {
      throw Failures.of(action, e);
    }
  }

  private Call call(ApiClient client, Selection selection, List<Pair> parameters)
      throws ApiException {
    String path =
        prefix
            + (selection.namespace().isEmpty()
                ? ""
                : "/namespaces/" + client.escapeString(selection.namespace()))
            + "/"
            + plural;
    return client.buildCall(
        client.getBasePath(),
        path,
        "GET",
        parameters,
        List.of(),
        null,
        new HashMap<>(Map.of("Accept", "application/json")),
        Map.of(),
        Map.of(),
        AUTHENTICATION,
        null);
  }

  private Read read(JsonReader reader, Consumer<T> each) throws IOException {
    V1ListMeta metadata = null;
    boolean listed = false;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.nextName()) {
        case "metadata" -> metadata = ApiJson.read(reader, V1ListMeta.class);
        case "items" -> {
          items(reader, each);
          listed = true;
        }
        default -> reader.skipValue();
      }
    }
    reader.endObject();
    if (!listed || metadata == null) {
      throw new UnusableAnswerException("it has no items or no metadata");
    }
    return new Read(
        version(metadata.getResourceVersion()),
        metadata.getContinue() == null ? "" : metadata.getContinue());
  }

  private void items(JsonReader reader, Consumer<T> each) throws IOException {
    if (reader.peek() == JsonToken.NULL) {
      reader.nextNull();
      throw new UnusableAnswerException("its items are null");
    }
    reader.beginArray();
    while (reader.hasNext()) {
      T item = ApiJson.read(reader, type);
      if (item == null || item.getMetadata() == null || item.getMetadata().getName() == null) {
        throw new UnusableAnswerException("an item has no name");
      }
      each.accept(item);
    }
    reader.endArray();
  }

  /** Versions are opaque by the book; of one kind they are numbers that grow. */
  static long version(String resourceVersion) {
    try {
      return Long.parseLong(resourceVersion == null ? "" : resourceVersion);
    } catch (NumberFormatException e) {
      throw new UnusableAnswerException("its version is no number", e);
    }
  }

  private static ClusterException unusable(String action, Exception e) {
    return new ClusterException(
        ClusterException.Reason.UNAVAILABLE,
        "could not "
            + action
            + ": what answers is no API server, or answers with something else than a list: "
            + e.getMessage(),
        e);
  }

  private static List<Pair> parameters(Selection selection) {
    var parameters = new ArrayList<Pair>();
    add(parameters, "fieldSelector", selection.fields());
    add(parameters, "labelSelector", selection.labels());
    return parameters;
  }

  private static void add(List<Pair> parameters, String name, String value) {
    if (!value.isEmpty()) {
      parameters.add(new Pair(name, value));
    }
  }

  /** What came is not what an API server answers. */
  static final class UnusableAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnusableAnswerException(String message) {
      super(message);
    }

    UnusableAnswerException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
