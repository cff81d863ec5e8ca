package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NamespaceList;
import java.util.HashSet;
import java.util.Set;

/** Tools by the labels of their namespaces, as {@code kubectl get namespaces -l} selects them. */
public final class ToolSelection {
  private ToolSelection() {}

  /**
   * @param labels a label selector
   * @throws io.github.maintainkubeusers.kube.ClusterException also when it is not one
   */
  public static Set<AccountName> of(ClusterConnection connection, String labels) {
    var namespaces =
        new Resource<>(connection, V1Namespace.class, V1NamespaceList.class, "", "namespaces");
    var tools = new HashSet<AccountName>();
    long _ =
        namespaces.listAll(
            new Selection("", "", labels),
            namespace ->
                Names.toolOf(namespace.getMetadata().getName())
                    .map(AccountId::name)
                    .ifPresent(tools::add));
    return tools;
  }
}
