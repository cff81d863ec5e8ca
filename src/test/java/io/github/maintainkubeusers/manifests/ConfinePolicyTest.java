package io.github.maintainkubeusers.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class ConfinePolicyTest {
  private static final String CONTROLLER =
      "system:serviceaccount:maintain-kubeusers:maintain-kubeusers";
  private static AdmissionPolicyFile policy;

  @BeforeAll
  static void compile() throws IOException {
    policy = new AdmissionPolicyFile("confine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          CREATE | namespaces | | tool-x | {}
          DELETE | namespaces | | tool-x | {}
          UPDATE | configmaps | tool-x | maintain-kubeusers | {}
          UPDATE | configmaps | maintain-kubeusers | maintain-kubeusers-tombstones | {}
          DELETE | pods | tool-x | worker | {}
          CREATE | rolebindings | tool-x | x-tool-binding | {roleRef: {name: tools-user}, subjects: [{kind: Group, name: 'tool:x:0123456789abcdefghij'}]}
          UPDATE | rolebindings | tool-x | x-tool-binding | {roleRef: {name: tools-user}, subjects: [{kind: User, name: x}]}
          UPDATE | rolebindings | tool-x | x-tool-binding | {roleRef: {name: tools-user}}
          CREATE | clusterrolebindings | | ada-view-binding | {roleRef: {name: view}, subjects: [{kind: Group, name: 'admin:ada:0123456789abcdefghij'}]}
          DELETE | clusterrolebindings | | ada-binding | {roleRef: {name: k8s-admin}}
          CREATE | clusterrolebindings | | maintain-kubeusers:service:prometheus:monitor | {roleRef: {name: monitor}, subjects: [{kind: Group, name: 'service:prometheus:0123456789abcdefghij'}]}
          CREATE | rolebindings | metrics | maintain-kubeusers:service:prometheus:renewal | {roleRef: {kind: Role, name: 'maintain-kubeusers:service:prometheus:renewal'}, subjects: [{kind: Group, name: 'service:prometheus:0123456789abcdefghij'}]}
          DELETE | rolebindings | metrics | maintain-kubeusers:service:prometheus:renewal | {roleRef: {kind: Role, name: 'maintain-kubeusers:service:prometheus:renewal'}}
          """)
  void letsTheControllerDoItsWork(
      String operation, String resource, String namespace, String name, String object) {
    assertThat(refusals(CONTROLLER, operation, resource, namespace, name, object)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          DELETE | namespaces | | kube-system | {} | the controller may change no namespace but those of tools
          UPDATE | namespaces | | maintain-kubeusers | {} | the controller may change no namespace but those of tools
          DELETE | pods | kube-system | coredns | {} | the controller may change objects in the namespaces of tools and its own ConfigMaps alone
          UPDATE | configmaps | kube-system | maintain-kubeusers | {} | the controller may change objects in the namespaces of tools and its own ConfigMaps alone
          CREATE | rolebindings | kube-system | x | {roleRef: {name: view}, subjects: [{kind: Group, name: 'tool:x:0123456789abcdefghij'}]} | the controller may change objects in the namespaces of tools and its own ConfigMaps alone
          CREATE | rolebindings | metrics | maintain-kubeusers:service:prometheus:renewal | {roleRef: {kind: ClusterRole, name: admin}} | the controller may change objects in the namespaces of tools and its own ConfigMaps alone
          UPDATE | clusterrolebindings | | maintain-kubeusers:service:prometheus:monitor | {roleRef: {name: cluster-admin}} | the controller may change no ClusterRoleBinding but those of admins and services
          DELETE | clusterrolebindings | | cluster-admin | {roleRef: {name: cluster-admin}} | the controller may change no ClusterRoleBinding but those of admins and services
          UPDATE | clusterrolebindings | | ada-binding | {roleRef: {name: cluster-admin}} | the controller may change no ClusterRoleBinding but those of admins and services
          CREATE | clusterrolebindings | | mallory | {roleRef: {name: view}} | the controller may change no ClusterRoleBinding but those of admins and services
          CREATE | clusterrolebindings | | a-binding | {roleRef: {name: k8s-admin}, subjects: [{kind: Group, name: toolforge}]} | the controller may bind no subjects but the credentials of tools, admins and services
          CREATE | rolebindings | tool-x | y | {roleRef: {name: view}, subjects: [{kind: ServiceAccount, name: default}]} | the controller may bind no subjects but the credentials of tools, admins and services
          CREATE | rolebindings | tool-x | y | {roleRef: {name: view}, subjects: [{kind: User, name: 'system:admin'}]} | the controller may bind no subjects but the credentials of tools, admins and services
          """)
  void refusesWhatItIsNotFor(
      String operation,
      String resource,
      String namespace,
      String name,
      String object,
      String message) {
    assertThat(refusals(CONTROLLER, operation, resource, namespace, name, object))
        .containsExactly(message);
  }

  @Test
  void concernsNobodyElse() {
    assertThat(refusals("admin", "DELETE", "namespaces", null, "kube-system", "{}")).isEmpty();
  }

  private static List<String> refusals(
      String user,
      String operation,
      String resource,
      String namespace,
      String name,
      String object) {
    Object parsed = new Load(LoadSettings.builder().build()).loadFromString(object);
    return policy.refusals(
        Map.of(
            "object",
            parsed,
            "oldObject",
            parsed,
            "request",
            Map.of(
                "operation",
                operation,
                "name",
                name,
                "namespace",
                namespace == null ? "" : namespace,
                "resource",
                Map.of("resource", resource),
                "userInfo",
                Map.of("username", user))));
  }
}
