package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.FaultyApiServer;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator makes of what tools have. */
@ExtendWith(WorldExtension.class)
class TemplateIT {
  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: isolation}
      spec:
        podSelector: {}
        ingress: [{from: [{podSelector: {}}], ports: [{port: 8000}]}]
      """;
  private static final String VIEWERS =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: viewers}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
      """;

  private World world;

  @BeforeEach
  void templates(World own) throws IOException {
    world = own;
    Files.createDirectory(world.folder().resolve("templates"));
    write("overrides.yaml", "");
    configure("");
    kubectl()
        .apply(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: maintain-kubeusers-network-policies}
            rules:
            - {apiGroups: [networking.k8s.io], resources: [networkpolicies], verbs: [list, watch, create, patch]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: maintain-kubeusers-network-policies}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: maintain-kubeusers-network-policies}
            subjects: [{kind: ServiceAccount, name: maintain-kubeusers, namespace: maintain-kubeusers}]
            """);
  }

  @Test
  void aNewQuotaGoesToAllInWavesButNotToThoseThatSomebodyRaisedByHand() throws IOException {
    for (int i = 0; i < 4; i++) {
      world.addTool("many-" + i, 50_001 + i);
    }
    once();
    kubectl()
        .get(
            "patch",
            "resourcequota",
            "tool-many-0",
            "-n",
            "tool-many-0",
            "--type=merge",
            "-p",
            "{\"spec\": {\"hard\": {\"pods\": \"25\"}}}");
    write("templates/resourcequota.yaml", quota("pods: 12, secrets: 5"));
    configure("rollout: {perMinute: 2}");

    ProgramRun first = once();
    assertThat(first.output())
        .contains(
            "tool many-0: changed by hand and kept: [ResourceQuota (resourcequota)]",
            "2 done",
            "1 unchanged",
            "1 pending",
            "Accounts that wait for a rollout: {rollout=1}");
    assertThat(once().output()).contains("1 done", "3 unchanged");
    assertThat(hard("many-0")).contains("\"pods\":\"25\"", "\"configmaps\":\"10\"");
    for (int i = 1; i < 4; i++) {
      assertThat(hard("many-" + i)).isEqualTo("{\"pods\":\"12\",\"secrets\":\"5\"}");
    }
    assertThat(once().output()).contains("4 unchanged");
    assertThat(world.run("status", "--notable").output())
        .containsPattern(
            "(?m)^active +tool +many-0 .*  changed by hand and kept: \\[ResourceQuota"
                + " \\(resourcequota\\)]$")
        .doesNotContain("many-1");
  }

  @Test
  void anOverrideThatSaysWhatSomebodyDidByHandMakesItTheProgramsAgain() throws IOException {
    world.addTool("raised", 50_001);
    once();
    kubectl()
        .get(
            "patch",
            "resourcequota",
            "tool-raised",
            "-n",
            "tool-raised",
            "--type=merge",
            "-p",
            "{\"spec\": {\"hard\": {\"pods\": \"25\"}}}");
    write(
        "overrides.yaml",
        "tools: {raised: {quota: {pods: 25}, owner: alice, reason: it needs them}}\n");
    AuditLog audit = world.plane().auditLog();
    assertThat(once().output()).doesNotContain("by hand");
    assertThat(
            audit.calls(
                call ->
                    call.isPrograms()
                        && call.isWrite()
                        && call.resource().equals("resourcequotas")))
        .isEmpty();

    write(
        "overrides.yaml",
        """
        tools: {raised: {quota: {pods: 25}, owner: alice, reason: it needs them, until: 2026-01-01}}
        """);
    assertThat(once().output()).contains("tool raised: done (rollout)");
    assertThat(hard("raised")).contains("\"pods\":\"10\"");
  }

  @Test
  void namespacesAreSelectedByTier() throws IOException {
    write("templates/resourcequota.large.yaml", quota("pods: 100"));
    world.addTool("growing", 50_001);
    world.addTool("staying", 50_002);
    once();
    assertThat(ofTier("large")).isEmpty();

    write("overrides.yaml", "tools: {growing: {tier: large, owner: alice, reason: it grows}}\n");
    assertThat(once().output()).contains("1 done", "1 unchanged");
    assertThat(ofTier("large")).isEqualTo("namespace/tool-growing");

    kubectl().get("label", "namespace", "tool-staying", "maintain-kubeusers/tier=large");
    write("overrides.yaml", "tools: {}\n");
    assertThat(once().output()).contains("2 done");
    assertThat(ofTier("large")).isEmpty();
    assertThat(once().output()).contains("2 unchanged");
  }

  private String ofTier(String tier) {
    return kubectl()
        .get("get", "namespaces", "-l", "maintain-kubeusers/tier=" + tier, "-o", "name")
        .strip();
  }

  @Test
  void aNetworkPolicyIsPutRightAndABindingGivesAndTakesRights() throws IOException {
    write("templates/isolation.yaml", POLICY);
    write("templates/viewers.yaml", VIEWERS);
    write(
        "templates/namespace.yaml",
        "apiVersion: v1\nkind: Namespace\nmetadata: {labels: {example.org/tier: standard}}\n");
    world.addTool("guarded", 50_001);
    once();
    assertThat(kubectl().get("get", "namespace", "tool-guarded", "--show-labels"))
        .contains("example.org/tier=standard");
    assertThat(subjects("viewers")).matches("tool:guarded:[0-9a-v]{20}");

    Kubectl tool = world.kubectl(world.toolHome("guarded"));
    tool.get(
        "patch",
        "networkpolicy",
        "isolation",
        "--type=json",
        "-p",
        "[{\"op\": \"add\", \"path\": \"/spec/ingress/-\", \"value\": {}}]");
    kubectl().get("label", "namespace", "tool-guarded", "example.org/tier-");
    assertThat(once().output()).contains("tool guarded: done (repair)");
    assertThat(
            kubectl()
                .get(
                    "get",
                    "networkpolicy",
                    "isolation",
                    "-n",
                    "tool-guarded",
                    "-o",
                    "jsonpath={.spec.ingress}"))
        .isEqualTo(
            "[{\"from\":[{\"podSelector\":{}}],\"ports\":[{\"port\":8000,\"protocol\":\"TCP\"}]}]");
    assertThat(kubectl().get("get", "namespace", "tool-guarded", "--show-labels"))
        .contains("example.org/tier=standard");
    tool.get("delete", "networkpolicy", "isolation");
    once();
    assertThat(kubectl().run("get", "networkpolicy", "isolation", "-n", "tool-guarded").succeeded())
        .isTrue();
    tool.get("label", "networkpolicy", "isolation", "maintain-kubeusers/template-");
    tool.get("delete", "networkpolicy", "isolation");
    write(
        "decoy.yaml",
        POLICY.replace(
            "{name: isolation}",
            "{name: decoy, labels: {maintain-kubeusers/template: isolation}}"));
    tool.get("create", "-f", world.folder().resolve("decoy.yaml").toString());
    once();
    assertThat(kubectl().run("get", "networkpolicy", "isolation", "-n", "tool-guarded").succeeded())
        .as("another object with its label does not stand for it")
        .isTrue();

    Files.delete(world.folder().resolve("templates/viewers.yaml"));
    assertThat(once().output()).contains("tool guarded: done (repair)");
    assertThat(kubectl().run("get", "rolebinding", "viewers", "-n", "tool-guarded").succeeded())
        .isFalse();
    assertThat(once().output()).contains("1 unchanged");
  }

  @Test
  void aDisabledToolHasNoRightsByATemplatesBindingEither() throws IOException {
    write("templates/viewers.yaml", VIEWERS);
    world.addTool("resting", 50_001);
    once();
    world.ldap().lockTool("resting");
    Files.delete(world.folder().resolve("templates/viewers.yaml"));

    once();

    assertThat(world.kubectl(world.toolHome("resting")).run("get", "pods").errors())
        .contains("Forbidden");
    assertThat(kubectl().run("get", "rolebinding", "viewers", "-n", "tool-resting").succeeded())
        .isFalse();
  }

  @Test
  void aTemplateThatMakesNoSenseEndsTheProgramByFileAndLine() throws IOException {
    write("templates/resourcequota.yaml", quota("pods: many"));
    ProgramRun run = world.run("--once");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.output())
        .contains("resourcequota.yaml:4: spec.hard.pods: \"many\" is not an amount");
  }

  @Test
  void aWaveWaitsWhileTheApiServerFails() throws IOException {
    world.addTool("patient", 50_001);
    once();
    write("templates/resourcequota.yaml", quota("pods: 12"));
    configure("cluster: {clockTolerance: 3650d}");
    var refusals = new AtomicInteger(3);
    try (FaultyApiServer proxy = FaultyApiServer.start(world.plane())) {
      proxy.inject(
          call ->
              !call.isWrite() && refusals.getAndDecrement() > 0
                  ? Optional.of(new FaultyApiServer.Answer(429, Map.of("Retry-After", "1"), "{}"))
                  : Optional.empty());
      world.connectTo(proxy.url());
      try (InProcess program = InProcess.start(world)) {
        assertThat(program.pass().summary()).contains("1 pending");
        assertThat(hard("patient")).contains("\"pods\":\"10\"");

        program.clock.advance(Duration.ofSeconds(31));
        assertThat(program.pass().summary()).contains("1 done");
        assertThat(hard("patient")).isEqualTo("{\"pods\":\"12\"}");
      }
    }
  }

  private ProgramRun once() {
    ProgramRun run = world.run("--once");
    assertThat(run.status()).as(run.output()).isZero();
    return run;
  }

  private Kubectl kubectl() {
    return world.plane().kubectl();
  }

  private String hard(String tool) {
    return kubectl()
        .get(
            "get",
            "resourcequota",
            "tool-" + tool,
            "-n",
            "tool-" + tool,
            "-o",
            "jsonpath={.spec.hard}");
  }

  private String subjects(String binding) {
    return kubectl()
        .get(
            "get",
            "rolebinding",
            binding,
            "-n",
            "tool-guarded",
            "-o",
            "jsonpath={.subjects[*].name}");
  }

  private static String quota(String hard) {
    return "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: $(namespace)}\nspec: {hard: {"
        + hard
        + "}}\n";
  }

  private void configure(String more) {
    Path folder = world.folder();
    world.writeConfig(
        "objects: {templates: "
            + folder.resolve("templates")
            + ", overrides: "
            + folder.resolve("overrides.yaml")
            + "}\n"
            + more);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(world.folder().resolve(file), text);
  }
}
