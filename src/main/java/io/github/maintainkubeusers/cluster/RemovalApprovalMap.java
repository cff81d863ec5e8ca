package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.plan.RemovalApproval;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ConfigMap that holds an admin's approval of more removals: for one pass, with who gave it and
 * when.
 */
final class RemovalApprovalMap implements RemovalApprovals {
  private final OwnConfigMap map;

  RemovalApprovalMap(ClusterConnection connection, String namespace) {
    this.map = new OwnConfigMap(connection, namespace, "maintain-kubeusers-allowance");
  }

  ObjectCache<V1ConfigMap, ?> cache() {
    return map.cache();
  }

  @Override
  public Optional<RemovalApproval> current() {
    Map<String, String> content = map.content();
    if (!content.keySet().containsAll(Set.of("up-to", "until", "by", "at"))
        || content.containsKey("used")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new RemovalApproval(
              Integer.parseInt(content.get("up-to")),
              Instant.parse(content.get("until")),
              content.get("by"),
              Instant.parse(content.get("at"))));
    } catch (NumberFormatException | DateTimeException _) {
      return Optional.empty();
    }
  }

  @Override
  public void give(RemovalApproval approval) {
    var content = new HashMap<String, String>();
    content.put("up-to", Integer.toString(approval.upTo()));
    content.put("until", approval.until().toString());
    content.put("by", approval.by());
    content.put("at", approval.at().toString());
    content.put("used", null);
    map.change(content);
  }

  @Override
  public void use(Instant now) {
    map.change(Map.of("used", now.toString()));
  }
}
