package io.github.maintainkubeusers.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the component pod-defaults adds to pods, and what the component pod-policy says of them. */
class PodDefaultsTest {
  private static final String NAMESPACE =
      "metadata: {name: tool-x, annotations: {maintain-kubeusers/uid: '50001'}}";

  private static AdmissionPolicyFile defaults;
  private static AdmissionPolicyFile policy;

  @BeforeAll
  static void compile() throws IOException {
    defaults = new AdmissionPolicyFile("pod-defaults");
    policy = new AdmissionPolicyFile("pod-policy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{containers: [{name: a}]}",
        "{containers: [{name: a}, {name: b}], initContainers: [{name: c}]}",
        "{securityContext: {}, containers: [{name: a, securityContext: {}}]}",
        "{securityContext: {runAsUser: 50001}, containers: [{name: a}]}",
        "{containers: [{name: a, securityContext: {readOnlyRootFilesystem: true}},"
            + " {name: b, securityContext: {allowPrivilegeEscalation: false}}]}",
        "{containers: [{name: a}], ephemeralContainers: [{name: b}, {name: c}]}",
      })
  void fillInWhatThePodPolicyWants(String spec) {
    Map<String, Object> pod = pod(spec);
    assertThat(refusals(pod)).isNotEmpty();

    apply(patches(pod, NAMESPACE), pod);

    assertThat(refusals(pod)).isEmpty();
    assertThat(patches(pod, NAMESPACE)).isEmpty();
  }

  @Test
  void fillInTheGroupThatTheDirectoryGives() {
    String namespace =
        "metadata: {name: tool-x, annotations: {maintain-kubeusers/uid: '50001',"
            + " maintain-kubeusers/gid: '6001'}}";
    Map<String, Object> pod = pod("{containers: [{name: a}]}");

    apply(patches(pod, namespace), pod);

    assertThat(pod).asString().contains("runAsUser=50001", "runAsGroup=6001");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {securityContext: {runAsUser: 0}, containers: [{name: a}]} | every container must run as the tool
          {containers: [{name: a, securityContext: {runAsUser: 7}}]} | every container must run as the tool
          {securityContext: {runAsGroup: 0}, containers: [{name: a}]} | every container must run in the group of the tool
          {containers: [{name: a, securityContext: {allowPrivilegeEscalation: true}}]} | no container may be privileged
          {containers: [{name: a, securityContext: {privileged: true}}]} | no container may be privileged
          {containers: [{name: a, securityContext: {capabilities: {add: [SYS_ADMIN]}}}]} | each container must drop all capabilities
          {containers: [{name: a, securityContext: {capabilities: {drop: [NET_RAW]}}}]} | each container must drop all capabilities
          """)
  void leaveWhatAPodSaysItself(String spec, String refusal) {
    Map<String, Object> pod = pod(spec);

    apply(patches(pod, NAMESPACE), pod);

    assertThat(refusals(pod)).singleElement().asString().startsWith(refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata: {name: tool-x}",
        "metadata: {name: tool-x, annotations: {a: b}}",
        "metadata: {name: tool-x, annotations: {maintain-kubeusers/uid: '0'}}",
        "metadata: {name: tool-x, annotations: {maintain-kubeusers/uid: root}}",
        "metadata: {name: tool-x, annotations: {maintain-kubeusers/uid: '1',"
            + " maintain-kubeusers/gid: '0'}}"
      })
  void leaveAPodOfANamespaceThatDoesNotSayWhoItsToolIs(String namespace) {
    assertThat(patches(pod("{containers: [{name: a}]}"), namespace)).isEmpty();
  }

  @Test
  void nameTheGroupThatTheDirectoryGivesTheTool() {
    String namespace =
        "metadata: {name: tool-x, annotations: {maintain-kubeusers/uid: '50001',"
            + " maintain-kubeusers/gid: '6001'}}";
    Map<String, Object> pod = pod("{containers: [{name: a}]}");

    apply(patches(pod, namespace), pod);

    assertThat(pod.toString()).contains("runAsUser=50001", "runAsGroup=6001");
    assertThat(policy.refusals(Map.of("object", pod, "namespaceObject", yaml(namespace))))
        .isEmpty();
  }

  @Test
  void fillInAsManyContainersAsThereArePlaces() {
    String fortieth = String.join(", ", Collections.nCopies(40, "{name: a}"));
    Map<String, Object> pod = pod("{containers: [" + fortieth + "]}");
    apply(patches(pod, NAMESPACE), pod);
    assertThat(refusals(pod)).isEmpty();

    assertThat(
            patches(
                pod("{containers: [" + fortieth + "], initContainers: [{name: b}]}"), NAMESPACE))
        .isEmpty();
  }

  @Test
  void areBoundToTheNamespacesOfAllTools() throws IOException {
    assertThat(defaults.documents())
        .hasSize(2)
        .last()
        .asString()
        .contains("matchLabels={tenancy=tool}", "policyName=maintain-kubeusers-pods");
  }

  private static List<Map<?, ?>> patches(Map<String, ?> pod, String namespace) {
    return defaults.patches(Map.of("object", pod, "namespaceObject", yaml(namespace)));
  }

  private static List<String> refusals(Map<String, ?> pod) {
    return policy.refusals(Map.of("object", pod, "namespaceObject", yaml(NAMESPACE)));
  }

  private static Map<String, Object> pod(String spec) {
    return yaml("metadata: {name: p}\nspec: " + spec);
  }

  /** Operations that add to mappings; another kind, or a parent that is absent, fails. */
  @SuppressWarnings("unchecked") // as pods are
  private static void apply(List<Map<?, ?>> patches, Object pod) {
    for (Map<?, ?> patch : patches) {
      assertThat(patch.get("op")).isEqualTo("add");
      var path = new ArrayList<>(List.of(((String) patch.get("path")).substring(1).split("/")));
      String last = path.removeLast();
      Object parent = pod;
      for (String part : path) {
        parent =
            parent instanceof List<?> list
                ? list.get(Integer.parseInt(part))
                : ((Map<?, ?>) parent).get(part);
      }
      Object value = patch.get("value");
      Object before =
          ((Map<String, Object>) parent)
              .put(last, value instanceof Map<?, ?> mapping ? new HashMap<>(mapping) : value);
      assertThat(before).isNull();
    }
  }

  @SuppressWarnings("unchecked") // written so above
  private static Map<String, Object> yaml(String text) {
    return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(text);
  }
}
