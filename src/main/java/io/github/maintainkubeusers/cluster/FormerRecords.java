package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.Resource;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ConfigMaps {@code maintain-kubeusers-NAME}, by which newer versions of the service that is
 * succeeded record tools. They are looked for once, for tools that have no record and no ConfigMap
 * of the usual name: that such a tool has one says that its owner has not asked for new
 * credentials.
 */
final class FormerRecords {
  private static final Logger LOG = LoggerFactory.getLogger(FormerRecords.class);

  private final Resource<V1ConfigMap> resource;
  private volatile Set<AccountId> found = Set.of();

  FormerRecords(ClusterConnection connection) {
    this.resource =
        new Resource<>(connection, V1ConfigMap.class, V1ConfigMapList.class, "", "configmaps");
  }

  /**
   * Looks for those of these tools; where that is forbidden, none is known.
   *
   * @throws ClusterException when the API server does not answer
   */
  void load(List<AccountId> tools) {
    var present = new HashSet<AccountId>();
    try {
      for (AccountId tool : tools) {
        if (exists(tool)) {
          present.add(tool);
        }
      }
    } catch (ClusterException e) {
      if (e.reason() != ClusterException.Reason.FORBIDDEN) {
        throw e;
      }
      LOG.info(
          "{} tools of an earlier controller have no ConfigMap {}, so that they get new"
              + " credentials; if the earlier controller calls it {}-NAME, grant"
              + " manifests/components/take-over first, and nothing is issued anew: {}",
          tools.size(),
          Names.RECORD,
          Names.RECORD,
          e.getMessage());
    }
    found = present;
  }

  boolean isOf(AccountId tool) {
    return found.contains(tool);
  }

  boolean exists(AccountId tool) {
    return resource.get(Names.namespace(tool), name(tool)).isPresent();
  }

  void delete(AccountId tool) {
    resource.delete(Names.namespace(tool), name(tool));
  }

  private static String name(AccountId tool) {
    return Names.RECORD + "-" + tool.name();
  }
}
