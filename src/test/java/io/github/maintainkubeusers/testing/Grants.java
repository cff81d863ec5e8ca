package io.github.maintainkubeusers.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a ServiceAccount may do by its roles, one verb on one object or kind of objects at a time.
 */
public final class Grants {
  private static final String ROLE = "maintain-kubeusers";

  /** A role is known by the end of the name of the binding that binds it. */
  private static final Map<String, String> BINDING_OF =
      Map.of("tools-user", "-tool-binding", "view", "-view-binding", "k8s-admin", "-binding");

  private Grants() {}

  /**
   * One verb.
   *
   * @param namespace empty when it is granted everywhere
   * @param name empty when it is granted for every name
   */
  public record Grant(String verb, String resource, String namespace, String name) {
    /** Whether the API server let this call pass by it. */
    public boolean isUsedBy(AuditLog.Call call) {
      return switch (verb) {
        // What the API server asks its authorizer besides, and does not write down.
        case "bind" ->
            call.isWrite()
                && call.resource().endsWith("rolebindings")
                && call.name().endsWith(BINDING_OF.get(name));
        case "approve" -> call.resource().equals("certificatesigningrequests/approval");
        default ->
            call.resource().equals(resource)
                && isVerbOf(call)
                && (namespace.isEmpty() || namespace.equals(call.namespace()))
                && (name.isEmpty() || isNameOf(call));
      };
    }

    /** What people are told depends on what goes wrong: of the events, one stands for all. */
    private boolean isNameOf(AuditLog.Call call) {
      return name.equals(call.name())
          || (resource.equals("events") && call.name().startsWith(ROLE + "."));
    }

    /** Applying what does not exist yet takes the right to create it. */
    private boolean isVerbOf(AuditLog.Call call) {
      return verb.equals(call.verb())
          || (verb.equals("create") && call.verb().equals("patch") && call.code() == 201);
    }
  }

  public static List<Grant> of(Kubectl kubectl) {
    var grants = new ArrayList<>(rules(kubectl, "", "get", "clusterrole", ROLE));
    for (String namespace : List.of("maintain-kubeusers", "kube-public")) {
      grants.addAll(rules(kubectl, namespace, "get", "role", ROLE, "-n", namespace));
    }
    return grants;
  }

  private static List<Grant> rules(Kubectl kubectl, String namespace, String... command) {
    var arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("-o", "json"));
    JsonArray rules =
        JsonParser.parseString(kubectl.get(arguments.toArray(String[]::new)))
            .getAsJsonObject()
            .getAsJsonArray("rules");
    return rules.asList().stream()
        .map(JsonElement::getAsJsonObject)
        .flatMap(rule -> grants(rule, namespace))
        .toList();
  }

  private static Stream<Grant> grants(JsonObject rule, String namespace) {
    List<String> names = rule.has("resourceNames") ? texts(rule, "resourceNames") : List.of("");
    return texts(rule, "resources").stream()
        .flatMap(
            resource ->
                texts(rule, "verbs").stream()
                    .flatMap(
                        verb ->
                            names.stream()
                                .map(name -> new Grant(verb, resource, namespace, name))));
  }

  private static List<String> texts(JsonObject rule, String key) {
    return rule.getAsJsonArray(key).asList().stream().map(JsonElement::getAsString).toList();
  }
}
