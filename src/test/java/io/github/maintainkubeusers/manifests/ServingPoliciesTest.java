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

/** Which hosts tools may serve, and which images they may run. */
class ServingPoliciesTest {
  private static AdmissionPolicyFile hosts;
  private static AdmissionPolicyFile images;

  @BeforeAll
  static void compile() throws IOException {
    hosts = new AdmissionPolicyFile("ingress-hosts");
    images = new AdmissionPolicyFile("image-registries");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{spec: {rules: [{host: x.tools.example.org}]}}",
        "{spec: {rules: [{host: x.tools.example.org}, {host: x.tools.example.org}],"
            + " tls: [{hosts: [x.tools.example.org]}, {secretName: s}]}}",
        "{metadata: {annotations: {nginx.ingress.kubernetes.io/rewrite-target: /}},"
            + " spec: {rules: [{host: x.tools.example.org}]}}",
        "{spec: {}}"
      })
  void aToolServesItsOwnHost(String ingress) {
    assertThat(ofIngress(ingress)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {spec: {rules: [{host: y.tools.example.org}]}} | each rule must be for a host of the tool: x.tools.example.org
          {spec: {rules: [{host: x.tools.example.org}, {host: tools.example.org}]}} | each rule must be for a host of the tool: x.tools.example.org
          {spec: {rules: [{host: '*.tools.example.org'}]}} | each rule must be for a host of the tool: x.tools.example.org
          {spec: {rules: [{host: a.x.tools.example.org}]}} | each rule must be for a host of the tool: x.tools.example.org
          {spec: {rules: [{http: {paths: []}}]}} | each rule must be for a host of the tool: x.tools.example.org
          {spec: {tls: [{hosts: [y.tools.example.org]}]}} | tls may name no other host than the tool has: x.tools.example.org
          {spec: {defaultBackend: {service: {name: s}}}} | a default backend would serve the hosts of all; give each rule a host
          {metadata: {annotations: {nginx.ingress.kubernetes.io/server-alias: y}}, spec: {}} | an ingress may have no snippets and no server-alias, because they reach beyond the tool's host
          {metadata: {annotations: {nginx.ingress.kubernetes.io/server-snippet: y}}, spec: {}} | an ingress may have no snippets and no server-alias, because they reach beyond the tool's host
          """)
  void aToolServesNoOtherHost(String ingress, String message) {
    assertThat(ofIngress(ingress)).containsExactly(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{containers: [{name: a, image: registry.example.org/a}]}",
        "{containers: [{name: a, image: 'registry.example.org/a/b:1'}],"
            + " initContainers: [{name: b, image: registry.example.org/a}],"
            + " ephemeralContainers: [{name: c, image: registry.example.org/c}],"
            + " volumes: [{name: v, image: {reference: registry.example.org/d}}, {name: w}]}"
      })
  void imagesOfAKnownRegistryRun(String spec) {
    assertThat(ofPod(spec)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {containers: [{name: a, image: evil}]} | evil
          {containers: [{name: a, image: registry.example.org.evil.example/a}]} | registry.example.org.evil.example/a
          {containers: [{name: a, image: evil.example/registry.example.org/a}]} | evil.example/registry.example.org/a
          {containers: [{name: a, image: registry.example.org/a}], initContainers: [{name: b, image: evil}]} | evil
          {containers: [{name: a, image: registry.example.org/a}], ephemeralContainers: [{name: b, image: evil}]} | evil
          {containers: [{name: a, image: registry.example.org/a}], volumes: [{name: v, image: {reference: evil}}]} | evil
          """)
  void noOtherImageRuns(String spec, String stranger) {
    assertThat(ofPod(spec))
        .containsExactly("images may come from registry.example.org/ alone; not so: " + stranger);
  }

  @Test
  void anImageThatIsNotNamedIsRefused() {
    assertThat(ofPod("{containers: [{name: a}]}")).hasSize(1);
  }

  @Test
  void areBoundToTheNamespacesOfAllTools() throws IOException {
    for (AdmissionPolicyFile policy : List.of(hosts, images)) {
      assertThat(policy.documents())
          .hasSize(2)
          .last()
          .asString()
          .contains("matchLabels={tenancy=tool}", "validationActions=[Deny]");
    }
  }

  private static List<String> ofIngress(String ingress) {
    return hosts.refusals(
        Map.of("object", withMetadata(ingress), "request", Map.of("namespace", "tool-x")));
  }

  private static List<String> ofPod(String spec) {
    return images.refusals(Map.of("object", yaml("metadata: {name: p}\nspec: " + spec)));
  }

  private static Map<String, ?> withMetadata(String ingress) {
    Map<String, ?> parsed = yaml(ingress);
    return parsed.containsKey("metadata")
        ? parsed
        : Map.of("metadata", Map.of("name", "i"), "spec", parsed.get("spec"));
  }

  @SuppressWarnings("unchecked") // written so above
  private static Map<String, ?> yaml(String text) {
    return (Map<String, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
  }
}
