package io.github.maintainkubeusers.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The spec of a NetworkPolicy, with the API server's defaults (Kubernetes'
 * pkg/apis/networking/v1/defaults.go).
 */
final class NetworkRules {
  private NetworkRules() {}

  static Object normal(Map<String, Object> spec) {
    for (String direction : List.of("ingress", "egress")) {
      spec.computeIfPresent(
          direction, (_, rules) -> ContentTree.each(rules, List.of(), (rule, _) -> rule(rule)));
    }
    if (ContentTree.list(spec.get("policyTypes")).isEmpty()) {
      var types = new ArrayList<>(List.of("Ingress"));
      if (!ContentTree.list(spec.get("egress")).isEmpty()) {
        types.add("Egress");
      }
      spec.put("policyTypes", types);
    }
    return spec;
  }

  private static Object rule(Object rule) {
    Map<String, Object> copy = ContentTree.map(rule);
    copy.computeIfPresent(
        "ports",
        (_, ports) ->
            ContentTree.each(
                ports,
                List.of(),
                (port, _) -> ContentTree.withDefault(ContentTree.map(port), "protocol", "TCP")));
    return copy;
  }
}
