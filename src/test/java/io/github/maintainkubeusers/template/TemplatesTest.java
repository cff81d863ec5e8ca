package io.github.maintainkubeusers.template;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.plan.Blueprint;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObjectKind;
import io.github.maintainkubeusers.testing.TestClock;
import io.github.maintainkubeusers.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {
  private static final AccountId TOOL = AccountId.tool("wikibot");

  @TempDir Path folder;

  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T03:50:14Z"));

  /** What the component brings along must be a template, and nothing else stands beside it. */
  @Test
  void theComponentForPodSecurityLabelsNamespaces() throws IOException {
    Path templates = Files.createDirectories(folder.resolve("templates"));
    Path _ =
        Files.copy(
            Path.of("manifests/components/pod-security/pod-security.yaml"),
            templates.resolve("pod-security.yaml"));

    Blueprint blueprint = Templates.load(Optional.of(templates)).standard().fill(TOOL);

    assertThat(blueprint.namespaceLabels())
        .isEqualTo(
            Map.of(
                "pod-security.kubernetes.io/enforce",
                "baseline",
                "pod-security.kubernetes.io/warn",
                "restricted"));
    assertThat(blueprint.objects()).hasSize(3);
  }

  @Test
  void areThoseOfToolforgeWithoutAnOperatorsOwn() {
    Blueprint blueprint = catalogue().of(TOOL);

    assertThat(blueprint.objects())
        .extracting(DesiredObject::object)
        .containsExactly(
            ManagedObject.RESOURCE_QUOTA, ManagedObject.LIMIT_RANGE, ManagedObject.TOOL_BINDING);
    assertThat(blueprint.objects())
        .extracting(DesiredObject::name)
        .containsExactly("tool-wikibot", "tool-wikibot", "wikibot-tool-binding");
    assertThat(hard(blueprint))
        .hasSize(14)
        .contains(
            Map.entry("pods", "10"),
            Map.entry("limits.memory", "8Gi"),
            Map.entry("count/deployments.apps", "3"));
  }

  @Test
  void giveAdminsTwoBindings() {
    assertThat(catalogue().of(AccountId.admin("alice")).objects())
        .extracting(DesiredObject::name)
        .containsExactly("alice-view-binding", "alice-binding");
  }

  @Test
  void replaceTheBundledOnesOfTheSameNameAndAddOthers() throws IOException {
    write("resourcequota.yaml", quota("pods: 4"));
    write("limitrange.yaml", "# none here\n");
    write(
        "isolation.yaml",
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: isolation, labels: {of: $(name)}}
        spec:
          podSelector: {}
          ingress: [{from: [{namespaceSelector: {matchLabels: {name: $(namespace)}}}]}]
        """);
    write(
        "namespace.yaml",
        """
        apiVersion: v1
        kind: Namespace
        metadata: {labels: {pod-security.kubernetes.io/enforce: baseline}}
        """);
    TemplateCatalogue catalogue = catalogue();
    Blueprint blueprint = catalogue.of(TOOL);

    assertThat(hard(blueprint)).isEqualTo(Map.of("pods", "4"));
    assertThat(blueprint.objects())
        .extracting(object -> object.object().name())
        .containsExactly("resourcequota", "isolation", "rolebinding");
    assertThat(blueprint.namespaceLabels())
        .containsOnly(Map.entry("pod-security.kubernetes.io/enforce", "baseline"));
    DesiredObject policy = blueprint.find(ObjectKind.NETWORK_POLICY, "isolation").orElseThrow();
    assertThat(policy.content().toString()).contains("name=tool-wikibot");
    assertThat(policy.metadata().toString())
        .contains("of=wikibot", "maintain-kubeusers/template=isolation");
    assertThat(catalogue.kinds()).contains(ObjectKind.NETWORK_POLICY);
  }

  @Test
  void putValuesIntoTextsThatHaveBeenReadAlready() throws IOException {
    write(
        "odd.yaml",
        """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: odd, annotations: {note: "$(name): {a: b}"}}
        spec: {podSelector: {}}
        """);
    assertThat(
            catalogue()
                .of(TOOL)
                .find(ObjectKind.NETWORK_POLICY, "odd")
                .orElseThrow()
                .metadata()
                .get("annotations"))
        .isEqualTo(Map.of("note", "wikibot: {a: b}"));
  }

  @Test
  void giveToolsOfATierWhatItHasInstead() throws IOException {
    write("resourcequota.large.yaml", quota("pods: 100"));
    write(
        "overrides.yaml",
        """
        tools:
          wikibot: {tier: large, owner: alice, reason: it is large}
        """);

    assertThat(hard(catalogue().of(TOOL))).isEqualTo(Map.of("pods", "100"));
    assertThat(catalogue().of(TOOL).namespaceLabels())
        .isEqualTo(Map.of("maintain-kubeusers/tier", "large"));
    assertThat(hard(catalogue().of(AccountId.tool("other")))).hasSize(14);
    assertThat(catalogue().of(AccountId.tool("other")).namespaceLabels()).isEmpty();
  }

  @Test
  void letSingleToolsHaveSingleAmountsUntilADay() throws IOException {
    write(
        "overrides.yaml",
        """
        tools:
          wikibot:
            quota: {pods: 20, count/jobs.batch: 99}
            limits: {max: {cpu: 2}}
            owner: alice
            reason: T12345
            until: 2026-11-23
        """);
    TemplateCatalogue catalogue = catalogue();

    assertThat(hard(catalogue.of(TOOL)))
        .hasSize(14)
        .contains(
            Map.entry("pods", "20"),
            Map.entry("count/jobs.batch", "99"),
            Map.entry("secrets", "10"));
    assertThat(
            catalogue.of(TOOL).find(ManagedObject.LIMIT_RANGE).orElseThrow().content().toString())
        .contains("max={cpu=2, memory=4Gi}");

    clock.advance(Duration.ofDays(1));
    assertThat(hard(catalogue.of(TOOL))).contains(Map.entry("pods", "10"));
  }

  @Test
  void takeInOverridesThatChangeAndKeepThoseBeforeWhenTheyMakeNoSense() throws IOException {
    TemplateCatalogue catalogue = catalogue();
    write("overrides.yaml", "tools: {wikibot: {quota: {pods: 20}, owner: alice, reason: T1}}\n");
    catalogue.refresh();
    assertThat(hard(catalogue.of(TOOL))).contains(Map.entry("pods", "20"));

    write(
        "overrides.yaml",
        """
        tools:
          wikibot: {quota: {pods: many}, reason: T1}
          other: {tier: huge, owner: bob, reason: T2, until: some day, colour: red}
          Bad_Name: {owner: bob, reason: T2}
        """);
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(catalogue::refresh)
        .satisfies(
            e ->
                assertThat(e.errors())
                    .hasSize(6)
                    .allMatch(error -> error.contains("overrides.yaml:"))
                    .anyMatch(error -> error.contains("tools.wikibot.owner: is missing"))
                    .anyMatch(
                        error ->
                            error.contains("tools.wikibot.quota: pods: \"many\" is not an amount"))
                    .anyMatch(error -> error.contains("\"huge\" is not a tier"))
                    .anyMatch(error -> error.contains("\"some day\" is not a day"))
                    .anyMatch(error -> error.contains("colour: unknown key"))
                    .anyMatch(error -> error.contains("\"Bad_Name\" is not an RFC 1123 label")));
    assertThat(hard(catalogue.of(TOOL))).contains(Map.entry("pods", "20"));

    Files.delete(folder.resolve("overrides.yaml"));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(catalogue::refresh)
        .withMessageContaining("is missing");
    assertThat(hard(catalogue.of(TOOL))).contains(Map.entry("pods", "20"));
  }

  @Test
  void areRefusedWithAllThatIsWrongByFileAndLine() throws IOException {
    write(
        "deployment.yaml",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {}\n");
    write(
        "elsewhere.yaml",
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata:
          name: q
          namespace: kube-system
        spec: {hard: {pods: 1}}
        """);
    write(
        "unknown.yaml",
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: $(password)}
        spec:
          hrad: {pods: 1}
        """);
    write(
        "impossible.yaml",
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: impossible}
        spec:
          hard:
            pods: ten
        """);
    write(
        "subjects.yaml",
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: more}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: more}
        subjects: [{kind: User, name: mallory}]
        """);
    write(
        "namespace.yaml",
        """
        apiVersion: v1
        kind: Namespace
        metadata: {labels: {tenancy: admin, maintain-kubeusers/state: well}}
        """);
    write("broken.yaml", "a: [\n");
    write("list.yaml", "- 1\n");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(this::catalogue)
        .satisfies(
            e -> {
              assertFault(
                  e,
                  "deployment.yaml:2: kind: \"Deployment\" is not one of Namespace, ResourceQuota,"
                      + " LimitRange, NetworkPolicy, RoleBinding");
              assertFault(e, "elsewhere.yaml:5: metadata.namespace");
              assertFault(e, "unknown.yaml:3: $(password) is not known");
              assertFault(e, "subjects.yaml:5: subjects: unknown key");
              assertFault(e, "subjects.yaml:4: kind must be ClusterRole");
              assertFault(e, "namespace.yaml:3: metadata.labels.tenancy is the program's to say");
              assertFault(
                  e,
                  "namespace.yaml:3: metadata.labels.maintain-kubeusers/state is the program's to"
                      + " say");
              assertFault(e, "broken.yaml:2: ");
              assertFault(e, "list.yaml:1: is a list, an object is expected");
              assertFault(e, "unknown.yaml:5: spec.hrad: unknown key");
              assertFault(e, "impossible.yaml:6: spec.hard.pods: \"ten\" is not an amount");
            });
  }

  @Test
  void areRefusedWhenTheyChangeTheKindOrTakeEachOthersNames() throws IOException {
    write("limitrange.yaml", quota("pods: 1"));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(this::catalogue)
        .withMessageContaining("is a ResourceQuota, the template that it replaces is a LimitRange");
    Files.delete(folder.resolve("templates/limitrange.yaml"));

    write("second.yaml", quota("pods: 1"));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(this::catalogue)
        .withMessageContaining("two objects have the same name: ResourceQuota $(namespace)");
    Files.delete(folder.resolve("templates/second.yaml"));

    write("README", "not a template\n");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(this::catalogue)
        .withMessageContaining("is not called NAME.yaml or NAME.TIER.yaml");
  }

  private static void assertFault(ConfigurationException e, String fault) {
    assertThat(e.errors()).anyMatch(error -> error.contains("/" + fault));
  }

  private static Map<String, Object> hard(Blueprint blueprint) {
    var spec =
        (Map<?, ?>)
            blueprint.find(ManagedObject.RESOURCE_QUOTA).orElseThrow().content().get("spec");
    return ((Map<?, ?>) spec.get("hard"))
        .entrySet().stream().collect(toMap(entry -> (String) entry.getKey(), Map.Entry::getValue));
  }

  private static String quota(String hard) {
    return "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: $(namespace)}\nspec: {hard: {"
        + hard
        + "}}\n";
  }

  private TemplateCatalogue catalogue() {
    Path templates = folder.resolve("templates");
    return new TemplateCatalogue(
        Templates.load(Optional.of(templates).filter(Files::isDirectory)),
        folder.resolve("overrides.yaml"),
        Services.NONE,
        clock);
  }

  private void write(String name, String text) throws IOException {
    Path parent = name.equals("overrides.yaml") ? folder : folder.resolve("templates");
    Files.createDirectories(parent);
    Files.writeString(parent.resolve(name), text);
  }
}
