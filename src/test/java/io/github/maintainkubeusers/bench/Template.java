package io.github.maintainkubeusers.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands in the cluster for a tool that the program has provisioned, to be had for others as
 * well.
 */
final class Template {
  private static final List<String> KINDS =
      List.of(
          "/api/v1/namespaces/%s/limitranges",
          "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings",
          "/api/v1/namespaces/%s/configmaps",
          "/api/v1/namespaces/%s/resourcequotas");

  private final String name;
  private final Map<String, String> objects = new LinkedHashMap<>();

  private Template(String name) {
    this.name = name;
  }

  /**
   * The namespace first. The quota last: nobody counts what stands, and it would let nothing in.
   */
  static Template of(Api api, String tool) {
    var template = new Template(tool);
    template.take("/api/v1/namespaces/tool-" + tool, api.get("/api/v1/namespaces/tool-" + tool));
    for (String kind : KINDS) {
      String collection = kind.formatted("tool-" + tool);
      JsonObject list = api.get(collection);
      String listKind = list.get("kind").getAsString();
      for (JsonElement item : list.getAsJsonArray("items")) {
        JsonObject object = item.getAsJsonObject();
        object.addProperty("apiVersion", list.get("apiVersion").getAsString());
        object.addProperty("kind", listKind.substring(0, listKind.length() - "List".length()));
        template.take(collection + "/" + text(object, "metadata", "name"), object);
      }
    }
    return template;
  }

  /** The objects of another tool, by the path of each. */
  Map<String, JsonObject> objects(String other, String namespace, int uid) {
    var result = new LinkedHashMap<String, JsonObject>();
    objects.forEach(
        (path, json) -> {
          JsonObject object =
              JsonParser.parseString(replaced(json, other, namespace)).getAsJsonObject();
          JsonObject metadata = object.getAsJsonObject("metadata");
          if (metadata.has("annotations")
              && metadata.getAsJsonObject("annotations").has("maintain-kubeusers/uid")) {
            metadata
                .getAsJsonObject("annotations")
                .addProperty("maintain-kubeusers/uid", Integer.toString(uid));
          }
          result.put(replaced(path, other, namespace), object);
        });
    return result;
  }

  private String replaced(String text, String other, String namespace) {
    return text.replace("tool-" + name, namespace).replace(name, other);
  }

  private void take(String path, JsonObject object) {
    JsonObject metadata = object.getAsJsonObject("metadata");
    for (String field :
        List.of(
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "managedFields",
            "selfLink",
            "generation")) {
      metadata.remove(field);
    }
    object.remove("status");
    if (object.get("kind").getAsString().equals("Namespace")) {
      object.remove("spec");
    }
    objects.put(path, object.toString());
  }

  private static String text(JsonObject object, String... path) {
    JsonElement element = object;
    for (String key : path) {
      element = element.getAsJsonObject().get(key);
    }
    return element instanceof JsonArray ? "" : element.getAsString();
  }
}
