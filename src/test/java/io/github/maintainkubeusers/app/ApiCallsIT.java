package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.GrantedComponent;
import io.github.maintainkubeusers.testing.IdleWebhooks;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each call of the API server is one of those that docs/api-calls.md gives the reason for; no one
 * more, no one less.
 */
@ExtendWith(WorldExtension.class)
class ApiCallsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int HTTPS = 443;

  /** The watch over certificates has a test of its own. */
  private static final String UNWATCHED = "certificates: {checkInterval: none}\n";

  private static final Path DOCUMENT = Path.of("docs/api-calls.md");

  @Test
  void ofPassesWithNothingToDoAreNone(World world) {
    world.writeConfig(UNWATCHED);
    world.addTool("quiet", 50_001);
    world.addAdmins(60_001, "quinn");
    try (ProgramRun program = world.start("--interval=1")) {
      program.awaitPasses(2, SOON);
      Waiting.until(
          "its owner has been told",
          SOON,
          () ->
              !world
                  .plane()
                  .kubectl()
                  .get("get", "events", "-n", "tool-quiet", "-o", "name")
                  .isEmpty());
      AuditLog audit = world.plane().auditLog();
      program.awaitPasses(program.passes() + 3, SOON);

      assertThat(calls(audit)).isEmpty();
    }
  }

  @Test
  void ofANewToolItsRefreshAndItsRenewalAreThoseOfTheDocument(World world) throws IOException {
    world.writeConfig(UNWATCHED);
    try (ProgramRun program = world.start("--interval=1")) {
      program.awaitPasses(1, SOON);
      AuditLog provisioning = world.plane().auditLog();
      world.addTool("counted", 50_001);
      awaitDone(program, "tool counted: done (new)");
      assertCalls(provisioning, documented("new tool"));

      AuditLog refreshing = world.plane().auditLog();
      world.kubectl(world.toolHome("counted")).get("delete", "configmap", "maintain-kubeusers");
      awaitDone(program, "tool counted: done (refresh)");
      assertCalls(refreshing, documented("refresh"));
    }
  }

  @Test
  void ofARenewalAreThoseOfARefresh(World world) throws IOException {
    world.addTool("renewed", 50_001);
    assertThat(world.run("--once").status()).isZero();
    Instant now = InstantSource.system().instant();
    // As if its certificate had been valid for a long time, and were to end soon.
    world
        .plane()
        .kubectl()
        .get(
            "annotate",
            "--overwrite",
            "namespace",
            "tool-renewed",
            "maintain-kubeusers/not-before=" + now.minus(Duration.ofDays(364)),
            "maintain-kubeusers/not-after=" + now.plus(Duration.ofDays(1)));
    AuditLog audit = world.plane().auditLog();

    ProgramRun run = world.run("--once");

    assertThat(run.output()).contains("tool renewed: done (renewal)");
    assertThat(writes(audit)).isEqualTo(documented("refresh"));
  }

  @Test
  void ofANewAdminAreThoseOfTheDocument(World world) throws IOException {
    world.addAdmins(60_001, "ada", "bob");
    world.ldap().setAdmins("ada");
    assertThat(world.run("--once").status()).isZero();
    AuditLog audit = world.plane().auditLog();
    world.ldap().setAdmins("ada", "bob");

    ProgramRun run = world.run("--once");

    assertThat(run.output()).contains("admin bob: done (new)");
    assertThat(writes(audit)).isEqualTo(documented("new admin"));
  }

  @Test
  void ofALookAtCertificatesAreThoseOfTheDocumentHoweverManyAccountsThereAre(World world)
      throws IOException {
    world.addTool("watched", 50_001);
    world.addTool("another", 50_002);
    assertThat(world.run("--once").status()).isZero();
    world.writeConfig("certificates: {checkInterval: 2s}");
    String last = "list endpointslices";
    world
        .plane()
        .kubectl()
        .apply(
            IdleWebhooks.of("odd", HTTPS, Authority.create(world.folder(), "odd"))
                .manifest("odd", List.of("odd.example.org")));
    try (var _ = GrantedComponent.apply(world.plane().kubectl(), "certificates");
        ProgramRun program = world.start("--interval=1")) {
      program.awaitPasses(1, SOON);
      AuditLog audit = world.plane().auditLog();
      Waiting.until(
          "the last call of one look, and that of the next\n" + program.output(),
          SOON,
          () -> calls(audit).stream().filter(last::equals).count() == 2);

      List<String> calls = calls(audit);
      assertThat(calls.subList(calls.indexOf(last) + 1, calls.lastIndexOf(last) + 1))
          .filteredOn(call -> !call.equals("get endpoints")) // as servers before 1.21 are asked
          .isEqualTo(documented("look at certificates"));
    } finally {
      world.plane().kubectl().get("delete", "validatingwebhookconfiguration", "odd");
    }
  }

  /**
   * The signer is the limit when it does not answer at all: the rest of the work goes on, but no
   * requests pile up.
   */
  @Test
  void ofSigningRequestsAreNoMoreAtOnceThanMayWaitForTheSigner(World world) {
    world.writeConfig(UNWATCHED + "cluster: {unsignedRequests: 2}");
    for (int i = 0; i < 6; i++) {
      world.addTool("queued-" + i, 50_001 + i);
    }
    world.plane().stopControllerManager();
    AuditLog audit = world.plane().auditLog();
    try (ProgramRun program = world.start("--interval=3600")) {
      try {
        Waiting.until(
            "all that comes before the requests\n" + program.output(),
            SOON,
            () ->
                audit
                        .calls(
                            call ->
                                call.isPrograms()
                                    && call.resource().equals("limitranges")
                                    && call.isWrite())
                        .size()
                    == 6);
        Waiting.until(
            "the requests that may wait\n" + program.output(),
            SOON,
            () -> approvals(audit).size() == 2);
        assertThat(requests(audit)).hasSize(2);
      } finally {
        world.plane().startControllerManager();
      }
      program.awaitPasses(1, SOON);

      assertThat(program.output()).contains("6 done");
      assertThat(requests(audit)).hasSize(6);
    }
  }

  /** The last of them, which tells the owner, may be made some time after the work. */
  private static void assertCalls(AuditLog audit, List<String> documented) {
    Waiting.untilPassed(SOON, () -> assertThat(calls(audit)).isEqualTo(documented));
  }

  private static List<AuditLog.Call> requests(AuditLog audit) {
    return audit.calls(
        call ->
            call.resource().equals("certificatesigningrequests") && call.verb().equals("create"));
  }

  private static List<AuditLog.Call> approvals(AuditLog audit) {
    return audit.calls(call -> call.resource().equals("certificatesigningrequests/approval"));
  }

  /** A watch that ends after ten minutes is resumed, whether anything happens or not. */
  private static List<String> calls(AuditLog audit) {
    return audit.calls(call -> call.isPrograms() && !call.verb().equals("watch")).stream()
        .map(call -> call.verb() + " " + call.resource())
        .toList();
  }

  private static List<String> writes(AuditLog audit) {
    return audit.calls(call -> call.isPrograms() && call.isWrite()).stream()
        .map(call -> call.verb() + " " + call.resource())
        .toList();
  }

  /** The first column of the document's table under this heading. */
  private static List<String> documented(String heading) throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    int start = lines.indexOf("## A " + heading);
    assertThat(start).as(heading).isNotNegative();
    Stream<String> section =
        lines.subList(start + 1, lines.size()).stream().takeWhile(line -> !line.startsWith("## "));
    Pattern call = Pattern.compile("\\| \\d+ \\| `([a-z]+ [a-z0-9/]+)`.*");
    return section.map(call::matcher).filter(Matcher::matches).map(row -> row.group(1)).toList();
  }

  private static void awaitDone(ProgramRun program, String line) {
    Waiting.until(line + "\n" + program.output(), SOON, () -> program.output().contains(line));
    program.awaitPasses(program.passes() + 1, SOON);
  }
}
