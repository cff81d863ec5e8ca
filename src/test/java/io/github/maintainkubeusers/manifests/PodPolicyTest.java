package io.github.maintainkubeusers.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class PodPolicyTest {
  private static final Map<String, ?> NAMESPACE =
      yaml("metadata: {name: tool-x, annotations: {maintain-kubeusers/uid: '50001'}}");
  private static final String SAFE =
      "runAsUser: 50001, runAsGroup: 50001, allowPrivilegeEscalation: false,"
          + " capabilities: {drop: [ALL]}";

  private static AdmissionPolicyFile policy;

  @BeforeAll
  static void compile() throws IOException {
    policy = new AdmissionPolicyFile("pod-policy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{containers: [{name: a, securityContext: {SAFE}}]}",
        "{containers: [{name: a, securityContext: {SAFE, privileged: false, procMount: Default}}],"
            + " hostNetwork: false}",
        "{securityContext: {runAsUser: 50001, runAsGroup: 50001, fsGroup: 50001,"
            + " supplementalGroups: [50001]}, containers: [{name: a, ports: [{containerPort:"
            + " 8000}], securityContext: {allowPrivilegeEscalation: false, capabilities: {drop:"
            + " [ALL], add: []}}}]}",
        "{containers: [{name: a, securityContext: {SAFE}}], initContainers: [{name: b,"
            + " securityContext: {SAFE}}], ephemeralContainers: [{name: c, securityContext:"
            + " {SAFE}}]}",
        "{containers: [{name: a, securityContext: {SAFE, seccompProfile: {type: RuntimeDefault}}}],"
            + " volumes: [{name: a, hostPath: {path: /data/project}}, {name: b, hostPath: {path:"
            + " /data/project/, type: Directory}},{name: c, emptyDir: {}}, {name: d, configMap:"
            + " {name: e}}, {name: f, secret: {secretName: g}},{name: h, projected: {}}, {name: i,"
            + " persistentVolumeClaim: {claimName: j}}]}"
      })
  void letsAPodOfTheToolIn(String spec) {
    assertThat(refusals(pod(spec), NAMESPACE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {containers: [{name: a, securityContext: {SAFE, runAsUser: 0}}]} | every container must run as the tool: securityContext.runAsUser: 50001
          {containers: [{name: a, securityContext: {SAFE, runAsUser: 50002}}]} | every container must run as the tool: securityContext.runAsUser: 50001
          {securityContext: {runAsUser: 0}, containers: [{name: a, securityContext: {SAFE}}, {name: b, securityContext: {runAsGroup: 50001, allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}]} | every container must run as the tool: securityContext.runAsUser: 50001
          {containers: [{name: a, securityContext: {SAFE}}], initContainers: [{name: b, securityContext: {SAFE, runAsUser: 0}}]} | every container must run as the tool: securityContext.runAsUser: 50001
          {containers: [{name: a, securityContext: {SAFE}}], ephemeralContainers: [{name: b, securityContext: {SAFE, runAsUser: 0}}]} | every container must run as the tool: securityContext.runAsUser: 50001
          {containers: [{name: a, securityContext: {SAFE, runAsGroup: 0}}]} | every container must run in the group of the tool: securityContext.runAsGroup: 50001
          {securityContext: {fsGroup: 0}, containers: [{name: a, securityContext: {SAFE}}]} | fsGroup and supplementalGroups may name no other group than the one of the tool: 50001
          {securityContext: {supplementalGroups: [50001, 4]}, containers: [{name: a, securityContext: {SAFE}}]} | fsGroup and supplementalGroups may name no other group than the one of the tool: 50001
          {containers: [{name: a, securityContext: {SAFE, privileged: true}}]} | no container may be privileged, and each must say securityContext.allowPrivilegeEscalation: false
          {containers: [{name: a, securityContext: {SAFE, allowPrivilegeEscalation: true}}]} | no container may be privileged, and each must say securityContext.allowPrivilegeEscalation: false
          {containers: [{name: a, securityContext: {SAFE, capabilities: {drop: [NET_RAW]}}}]} | each container must drop all capabilities and add none: securityContext.capabilities.drop: [ALL]
          {containers: [{name: a, securityContext: {SAFE, capabilities: {drop: [ALL], add: [SYS_ADMIN]}}}]} | each container must drop all capabilities and add none: securityContext.capabilities.drop: [ALL]
          {containers: [{name: a, securityContext: {SAFE, procMount: Unmasked}}]} | procMount must be left as it is
          {containers: [{name: a, securityContext: {SAFE, seccompProfile: {type: Unconfined}}}]} | a seccomp profile must not be Unconfined
          {securityContext: {seccompProfile: {type: Unconfined}}, containers: [{name: a, securityContext: {SAFE}}]} | a seccomp profile must not be Unconfined
          {hostNetwork: true, containers: [{name: a, securityContext: {SAFE}}]} | network, ports, processes and IPC of the node are not for tools
          {hostPID: true, containers: [{name: a, securityContext: {SAFE}}]} | network, ports, processes and IPC of the node are not for tools
          {hostIPC: true, containers: [{name: a, securityContext: {SAFE}}]} | network, ports, processes and IPC of the node are not for tools
          {containers: [{name: a, securityContext: {SAFE}, ports: [{containerPort: 80, hostPort: 80}]}]} | network, ports, processes and IPC of the node are not for tools
          {securityContext: {sysctls: [{name: a, value: b}]}, containers: [{name: a, securityContext: {SAFE}}]} | a pod may not set sysctls
          {containers: [{name: a, securityContext: {SAFE}}], volumes: [{name: v, nfs: {server: s, path: /}}]} | volumes may be hostPath, configMap, secret, emptyDir, projected, downwardAPI or persistentVolumeClaim
          """)
  void refusesOneThatHasMorePower(String spec, String message) {
    assertThat(refusals(pod(spec), NAMESPACE)).containsExactly(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/data",
        "/data/project-of-others",
        "/data/project/mine/link",
        "/data/project//",
        "/data/scratch/x",
        "/data/project/../../etc",
        "/data/project/.",
        "/etc/ldap.yaml.bak",
        "/var/run/docker.sock",
        ""
      })
  void refusesFoldersOfTheNodeThatAreNotOnTheList(String path) {
    assertThat(
            refusals(
                pod(
                    "{containers: [{name: a, securityContext: {SAFE}}],"
                        + " volumes: [{name: v, hostPath: {path: '"
                        + path
                        + "'}}]}"),
                NAMESPACE))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("hostPath may only be one of /data/project, ");
  }

  @Test
  void refusesToLetTheNodeMakeAFolder() {
    assertThat(
            refusals(
                pod(
                    "{containers: [{name: a, securityContext: {SAFE}}], volumes: [{name: v,"
                        + " hostPath: {path: /data/project/new, type: DirectoryOrCreate}}]}"),
                NAMESPACE))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata: {name: tool-x}",
        "metadata: {name: tool-x, annotations: {a: b}}",
        "metadata: {name: tool-x, annotations: {maintain-kubeusers/uid: '0'}}",
        "metadata: {name: tool-x, annotations: {maintain-kubeusers/uid: x}}"
      })
  void refusesEveryPodOfANamespaceThatDoesNotSayWhoItsToolIs(String namespace) {
    assertThat(refusals(pod("{containers: [{name: a, securityContext: {SAFE}}]}"), yaml(namespace)))
        .contains(
            "the namespace does not say who its tool is; the controller has not provisioned it");
  }

  @Test
  void tellsAllThatIsWrongWithAPodThatSaysNothing() {
    assertThat(refusals(pod("{containers: [{name: a}]}"), NAMESPACE)).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "6001, 6001, ''",
    "6001, 50001, 'every container must run in the group of the tool: securityContext.runAsGroup:"
        + " 6001'",
    "0, 50001, 'every container must run in the group of the tool: securityContext.runAsGroup: -1'",
    "6001 x, 6001, 'every container must run in the group of the tool: securityContext.runAsGroup:"
        + " -1'"
  })
  void wantsTheGroupThatTheDirectoryGives(String gid, int group, String refusal) {
    Map<String, ?> namespace =
        yaml(
            "metadata: {name: tool-x, annotations: {maintain-kubeusers/uid: '50001',"
                + " maintain-kubeusers/gid: '%s'}}".formatted(gid));
    assertThat(
            refusals(
                pod(
                    "{containers: [{name: a, securityContext: {SAFE, runAsGroup: %d}}]}"
                        .formatted(group)),
                namespace))
        .isEqualTo(refusal.isEmpty() ? List.of() : List.of(refusal));
  }

  @Test
  void letsFilesHaveTheGroupThatTheDirectoryGives() {
    Map<String, ?> namespace =
        yaml(
            "metadata: {name: tool-x, annotations: {maintain-kubeusers/uid: '50001',"
                + " maintain-kubeusers/gid: '6001'}}");
    String spec =
        "{securityContext: {fsGroup: %1$d, supplementalGroups: [%1$d]},"
            + " containers: [{name: a, securityContext: {SAFE, runAsGroup: 6001}}]}";
    assertThat(refusals(pod(spec.formatted(6001)), namespace)).isEmpty();
    assertThat(refusals(pod(spec.formatted(50001)), namespace))
        .containsExactly(
            "fsGroup and supplementalGroups may name no other group than the one of the tool:"
                + " 6001");
  }

  @Test
  void isBoundToTheNamespacesOfAllTools() throws IOException {
    assertThat(policy.documents())
        .hasSize(2)
        .last()
        .asString()
        .contains(
            "matchLabels={tenancy=tool}",
            "validationActions=[Deny]",
            "policyName=maintain-kubeusers-pods");
  }

  private static List<String> refusals(Map<String, ?> pod, Map<String, ?> namespace) {
    return policy.refusals(Map.of("object", pod, "namespaceObject", namespace));
  }

  private static Map<String, ?> pod(String spec) {
    return yaml("metadata: {name: p}\nspec: " + spec.replace("SAFE", SAFE));
  }

  /** Later keys of a mapping stand for earlier ones. */
  @SuppressWarnings("unchecked") // written so above
  private static Map<String, ?> yaml(String text) {
    return (Map<String, ?>)
        new Load(LoadSettings.builder().setAllowDuplicateKeys(true).build()).loadFromString(text);
  }
}
