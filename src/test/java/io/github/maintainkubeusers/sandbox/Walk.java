package io.github.maintainkubeusers.sandbox;

import io.github.maintainkubeusers.testing.Certificates;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the controller does, step by step, each seen to have happened before the next. */
final class Walk {
  /** Of {@code explain} for an account that does not work. */
  private static final int EXIT_BROKEN = 3;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int INTERVAL_SECONDS = 5;

  private final World world;
  private final SandboxDirectory directory;
  private final Narration narration;
  private final Cleanup cleanup;

  Walk(World world, SandboxDirectory directory, Narration narration, Cleanup cleanup) {
    this.world = world;
    this.directory = directory;
    this.narration = narration;
    this.cleanup = cleanup;
  }

  void go() {
    fillDirectory();
    startController();
    toolUsesItsPlace();
    toolRefreshes();
    newToolAppears();
    adminRepairs();
    operatorLooks();
  }

  private void fillDirectory() {
    directory.addAdmin(world, "alice", 60_001);
    directory.addTool(world, "hello", 50_001);
    directory.addTool(world, "wikibot", 50_002);
    directory.addTool(world, "stats", 50_003);
    narration.say("tools hello, wikibot and stats, admin alice at " + directory.url());
  }

  private void startController() {
    narration.chapter(
        "Running the controller as its ServiceAccount, with the rights of manifests/");
    ProgramRun controller = cleanup.add(world.start("--interval=" + INTERVAL_SECONDS));
    Duration took =
        narration.timed(
            () -> {
              for (String tool : new String[] {"hello", "wikibot", "stats"}) {
                awaitTool(tool, controller);
              }
              await(
                  "admin alice",
                  () -> Files.exists(world.adminHome("alice").resolve(".kube/config")),
                  controller);
            });
    narration.say(controller.output().strip());
    narration.say(
        "three tools and an admin from nothing in %.1f s:".formatted(Narration.seconds(took)));
    narration.say(world.plane().kubectl().get("get", "namespaces", "-l", "tenancy=tool"));
    narration.say(tree(world.toolHome("hello")));
  }

  private void toolUsesItsPlace() {
    narration.chapter("A tool uses its own kubeconfig");
    Kubectl hello = world.kubectl(world.toolHome("hello"));
    show(hello, "get", "configmaps");
    narration.say("... and is refused in another's namespace:");
    Kubectl.Result refused = hello.run("get", "secrets", "-n", "tool-wikibot");
    if (refused.succeeded()) {
      throw new AssertionError("a tool could read another's secrets");
    }
    narration.say("$ kubectl get secrets -n tool-wikibot\n" + refused.errors().strip());
  }

  private void toolRefreshes() {
    narration.chapter("A tool deletes its ConfigMap and has new credentials");
    Path certificate = world.toolHome("hello").resolve(".toolskube/client.crt");
    String before = Certificates.serial(certificate);
    show(world.kubectl(world.toolHome("hello")), "delete", "configmap", "maintain-kubeusers");
    Duration took =
        narration.timed(
            () ->
                Waiting.until(
                    "a new certificate",
                    PATIENCE,
                    () -> !Certificates.serial(certificate).equals(before)));
    narration.say(
        "serial %s became %s after %d ms"
            .formatted(before, Certificates.serial(certificate), took.toMillis()));
    awaitRecord("hello");
    show(
        world.kubectl(world.toolHome("hello")),
        "get",
        "configmap",
        "maintain-kubeusers",
        "-o",
        "jsonpath={.data}");
  }

  private void newToolAppears() {
    narration.chapter("A new tool is added to LDAP");
    directory.addTool(world, "newcomer", 50_004);
    Duration took = narration.timed(() -> awaitRecord("newcomer"));
    narration.say(
        "its namespace, credentials and home stand after %.1f s (a pass runs every %d s)"
            .formatted(Narration.seconds(took), INTERVAL_SECONDS));
    show(world.kubectl(world.toolHome("newcomer")), "auth", "can-i", "create", "deployments");
  }

  private void adminRepairs() {
    narration.chapter("An admin impersonates system:masters to give a tool new credentials");
    Path certificate = world.toolHome("stats").resolve(".toolskube/client.crt");
    String before = Certificates.serial(certificate);
    show(
        world.kubectl(world.adminHome("alice")),
        "delete",
        "configmap",
        "maintain-kubeusers",
        "-n",
        "tool-stats",
        "--as=admin",
        "--as-group=system:masters");
    Duration took =
        narration.timed(
            () ->
                Waiting.until(
                    "a new certificate",
                    PATIENCE,
                    () -> !Certificates.serial(certificate).equals(before)));
    narration.say("the tool stats has new ones after %d ms".formatted(took.toMillis()));
  }

  private void operatorLooks() {
    narration.chapter("An operator looks: status, explain, and a page");
    narration.say("The tool wikibot has lost its key.");
    Path key = world.toolHome("wikibot").resolve(".toolskube/client.key");
    try {
      Files.delete(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Path page = world.folder().resolve("status.html");
    run(0, "status");
    run(EXIT_BROKEN, "explain", "wikibot");
    show(
        world.plane().kubectl(), "delete", "configmap", "maintain-kubeusers", "-n", "tool-wikibot");
    awaitRecord("wikibot");
    Waiting.until("a new key", PATIENCE, () -> Files.exists(key));
    run(0, "explain", "wikibot");
    run(0, "status", "--html=" + page);
    narration.say("The page opens in any browser: " + page);
  }

  private void run(int status, String... arguments) {
    narration.say("$ maintain-kubeusers " + String.join(" ", arguments));
    ProgramRun run = world.run(arguments);
    narration.say(run.output().strip());
    if (run.status() != status) {
      throw new AssertionError(
          "status " + run.status() + " of " + String.join(" ", arguments) + ", not " + status);
    }
  }

  private void awaitTool(String tool, ProgramRun controller) {
    await("tool " + tool, () -> recorded(tool), controller);
  }

  private void awaitRecord(String tool) {
    Waiting.until("the record of tool " + tool, PATIENCE, () -> recorded(tool));
  }

  private static void await(
      String what, java.util.function.BooleanSupplier condition, ProgramRun controller) {
    Waiting.until(
        what,
        PATIENCE,
        () -> {
          if (!controller.isAlive()) {
            throw new AssertionError("the controller ended:\n" + controller.output());
          }
          return condition.getAsBoolean();
        });
  }

  private boolean recorded(String tool) {
    return world
        .plane()
        .kubectl()
        .run("get", "configmap", "maintain-kubeusers", "-n", "tool-" + tool)
        .succeeded();
  }

  private void show(Kubectl kubectl, String... arguments) {
    narration.say("$ kubectl " + String.join(" ", arguments));
    narration.say(kubectl.get(arguments).strip());
  }

  private String tree(Path home) {
    try (var files = Files.walk(home)) {
      var lines = new StringBuilder();
      for (Path file : files.sorted().toList()) {
        lines.append(
            "%04o %5s %s%n"
                .formatted(
                    (int) Files.getAttribute(file, "unix:mode") & 07777,
                    Files.getAttribute(file, "unix:uid"),
                    world.folder().relativize(file)));
      }
      return lines.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
