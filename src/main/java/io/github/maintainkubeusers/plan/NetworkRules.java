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
          direction, (_, rules) -> Content.each(rules, List.of(), (rule, _) -> rule(rule)));
    }
    if (Content.list(spec.get("policyTypes")).isEmpty()) {
      var types = new ArrayList<>(List.of("Ingress"));
      if (!Content.list(spec.get("egress")).isEmpty()) {
        types.add("Egress");
      }
      spec.put("policyTypes", types);
    }
    return spec;
  }

  private static Object rule(Object rule) {
    Map<String, Object> copy = Content.map(rule);
    copy.computeIfPresent(
        "ports",
        (_, ports) ->
            Content.each(
                ports,
                List.of(),
                (port, _) -> Content.withDefault(Content.map(port), "protocol", "TCP")));
    return copy;
  }
}
