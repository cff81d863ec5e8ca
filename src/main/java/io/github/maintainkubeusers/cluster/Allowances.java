package io.github.maintainkubeusers.cluster;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.github.maintainkubeusers.plan.Allowance;
import io.kubernetes.client.openapi.models.V1ConfigMap;

/** An admin's word that more accounts may depart than the budget has room for: once, and said by whom and when. */
final class Allowances {
    private final OwnConfigMap map;

    Allowances(ClusterConnection connection, String namespace) {
        this.map = new OwnConfigMap(connection, namespace, "maintain-kubeusers-allowance");
    }

    Mirror<V1ConfigMap, ?> mirror() {
        return map.mirror();
    }

    /** The one that has not been used; nonsense is none. */
    Optional<Allowance> current() {
        Map<String, String> content = map.content();
        if (!content.keySet().containsAll(java.util.Set.of("up-to", "until", "by", "at"))
                || content.containsKey("used")) {
            return Optional.empty();
        }
        try {
            return Optional
                    .of(new Allowance(Integer.parseInt(content.get("up-to")), Instant.parse(content.get("until")),
                            content.get("by"), Instant.parse(content.get("at"))));
        } catch (NumberFormatException | DateTimeException _) {
            return Optional.empty();
        }
    }

    void give(Allowance allowance) {
        var content = new HashMap<String, String>();
        content.put("up-to", Integer.toString(allowance.upTo()));
        content.put("until", allowance.until().toString());
        content.put("by", allowance.by());
        content.put("at", allowance.at().toString());
        content.put("used", null);
        map.change(content);
    }

    void use(Instant now) {
        map.change(Map.of("used", now.toString()));
    }
}
