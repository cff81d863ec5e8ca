package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Preconditions;
import io.kubernetes.client.util.Watch;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.kubernetes.client.util.generic.KubernetesApiResponse;
import io.kubernetes.client.util.generic.options.CreateOptions;
import io.kubernetes.client.util.generic.options.DeleteOptions;
import io.kubernetes.client.util.generic.options.PatchOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One kind of object at the API server, with the calls that this program makes. */
public final class Resource<T extends KubernetesObject> {
  private static final int PAGE = 500;
  private static final int MOST_PAGES = 4000;
  public static final String FIELD_MANAGER = "maintain-kubeusers";

  /** Nulls are written: in a merge patch they delete. */
  public static final Gson JSON = new GsonBuilder().serializeNulls().create();

  private final Class<T> type;
  private final String plural;
  private final GenericKubernetesApi<T, ? extends KubernetesListObject> calls;
  private final Listing<T> listing;

  public <L extends KubernetesListObject> Resource(
      ClusterConnection connection, Class<T> type, Class<L> listType, String group, String plural) {
    this.type = requireNonNull(type, "type is null");
    this.plural = requireNonNull(plural, "plural is null");
    this.calls =
        new GenericKubernetesApi<>(type, listType, group, "v1", plural, connection.calls());
    this.listing = new Listing<>(connection, type, group, plural);
  }

  public String plural() {
    return plural;
  }

  /**
   * @param namespace empty for an object that stands in none
   */
  public Optional<T> get(String namespace, String name) {
    String action = "read " + named(namespace, name);
    return attempt(
        action,
        () -> {
          KubernetesApiResponse<T> response =
              namespace.isEmpty() ? calls.get(name) : calls.get(namespace, name);
          return response.getHttpStatusCode() == 404
              ? Optional.empty()
              : Optional.of(checked(action, response));
        });
  }

  /** By a list of one, for which no other right is needed than for lists. */
  public Optional<T> find(String namespace, String name) {
    var found = new ArrayList<T>();
    Object _ = list(Selection.named(namespace, name), new Listing.Page(1, ""), found::add);
    return found.stream().findFirst();
  }

  /** Reads one page of a list, and hands each object on as it comes. */
  public Listing.Read list(Selection selection, Listing.Page page, Consumer<T> each) {
    return listing.read(selection, page, each);
  }

  /**
   * Reads a whole list in pages, so that many objects make no large peak, and hands each object on
   * as it comes.
   *
   * @return the version of the list
   * @throws ClusterException also when it does not end
   */
  public long listAll(Selection selection, Consumer<T> each) {
    Listing.Read read = list(selection, new Listing.Page(PAGE, ""), each);
    for (int pages = 1; !read.next().isEmpty(); pages++) {
      if (pages == MOST_PAGES) {
        throw new ClusterException(
            ClusterException.Reason.UNAVAILABLE,
            "could not list " + plural() + ": after " + pages + " pages, more are to come");
      }
      read = list(selection, new Listing.Page(PAGE, read.next()), each);
    }
    return read.version();
  }

  /** All objects of the kind. */
  public List<T> all() {
    var found = new ArrayList<T>();
    long _ = listAll(Selection.ALL, found::add);
    return found;
  }

  /** Watches from this version on. */
  Watch<T> watch(Selection selection, long version, int timeoutSeconds) {
    return listing.watch(selection, version, timeoutSeconds);
  }

  public T create(T object) {
    String action = "create " + named("", object.getMetadata().getName());
    return attempt(action, () -> checked(action, calls.create(object)));
  }

  /** Creates an object that must not exist yet: fails with a conflict when it does. */
  public T create(String namespace, String name, Map<String, ?> manifest) {
    String action = "create " + named(namespace, name);
    var options = new CreateOptions();
    options.setFieldManager(FIELD_MANAGER);
    return attempt(
        action,
        () -> {
          T object = ApiJson.parse(JSON.toJson(manifest), type);
          return checked(
              action,
              namespace.isEmpty()
                  ? calls.create(object, options)
                  : calls.create(namespace, object, options));
        });
  }

  /** Server-side apply: our fields become as given, whoever owned them; others' stay. */
  public T apply(String namespace, String name, Map<String, ?> manifest) {
    var options = new PatchOptions();
    options.setFieldManager(FIELD_MANAGER);
    options.setForce(true);
    return patch("apply", namespace, name, V1Patch.PATCH_FORMAT_APPLY_YAML, manifest, options);
  }

  /** JSON merge patch of an object that exists (RFC 7386). */
  public T merge(String namespace, String name, Map<String, ?> patch) {
    return patch(
        "update",
        namespace,
        name,
        V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
        patch,
        new PatchOptions());
  }

  /** JSON patch (RFC 6902), which unlike a merge can replace a mapping with all that is in it. */
  public T jsonPatch(String namespace, String name, List<Map<String, ?>> operations) {
    return patch(
        "update", namespace, name, V1Patch.PATCH_FORMAT_JSON_PATCH, operations, new PatchOptions());
  }

  /** The same for one that may not exist yet. */
  public T mergeOrCreate(String namespace, String name, String kind, Map<String, ?> patch) {
    try {
      return merge(namespace, name, patch);
    } catch (ClusterException e) {
      if (e.reason() != ClusterException.Reason.NOT_FOUND) {
        throw e;
      }
      apply(
          namespace,
          name,
          Map.of(
              "apiVersion",
              "v1",
              "kind",
              kind,
              "metadata",
              Map.of("name", name, "namespace", namespace)));
      return merge(namespace, name, patch);
    }
  }

  public void delete(String namespace, String name) {
    String action = "delete " + named(namespace, name);
    attempt(
        action,
        () -> {
          KubernetesApiResponse<T> response =
              namespace.isEmpty() ? calls.delete(name) : calls.delete(namespace, name);
          return response.getHttpStatusCode() == 404 ? response : Failures.expect(action, response);
        });
  }

  /** Deletes the object only while it is at this version; one that is gone already is deleted. */
  public void delete(String namespace, String name, String version) {
    String action = "delete " + named(namespace, name);
    var options = new DeleteOptions();
    options.setPreconditions(new V1Preconditions().resourceVersion(version));
    attempt(
        action,
        () -> {
          KubernetesApiResponse<T> response =
              namespace.isEmpty()
                  ? calls.delete(name, options)
                  : calls.delete(namespace, name, options);
          return response.getHttpStatusCode() == 404 ? response : Failures.expect(action, response);
        });
  }

  private T patch(
      String verb,
      String namespace,
      String name,
      String format,
      Object body,
      PatchOptions options) {
    String action = verb + " " + named(namespace, name);
    var patch = new V1Patch(JSON.toJson(body));
    return attempt(
        action,
        () ->
            checked(
                action,
                namespace.isEmpty()
                    ? calls.patch(name, format, patch, options)
                    : calls.patch(namespace, name, format, patch, options)));
  }

  private String named(String namespace, String name) {
    return plural + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
  }

  /** What is no object, from a proxy say, is an error like any other. */
  private T checked(String action, KubernetesApiResponse<T> response) {
    T object = Failures.expect(action, response);
    V1ObjectMeta meta = object == null ? null : object.getMetadata();
    if (meta == null
        || meta.getName() == null
        || meta.getResourceVersion() == null
        || !meta.getResourceVersion().matches("[0-9]{1,18}")) {
      throw new ClusterException(
          ClusterException.Reason.UNAVAILABLE,
          "could not "
              + action
              + ": what answers is no API server, or answers with something else than the object");
    }
    return object;
  }

  private static <R> R attempt(String action, java.util.function.Supplier<R> call) {
    try {
      return call.get();
    } catch (ClusterException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Failures.of(action, e);
    }
  }
}
