package io.github.maintainkubeusers.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.testing.CapturedLog;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of passes. */
@Timeout(60)
class ControllerLogTest extends WithController {
  @Test
  void tellsAFaultOnceAndItsEnd() {
    Account tool = t.tool("fourohfour");
    Runnable repair = t.journal.failOn("prepare home", new HomeException("could not open it"));
    try (var log = new CapturedLog()) {
      IntStream.range(0, 3)
          .forEach(_ -> assertThat(t.pass(tool)).isInstanceOf(Outcome.Failed.class));
      assertThat(log.messages(Level.WARN)).containsExactly("tool fourohfour: could not open it");

      repair.run();
      assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("new"));

      assertThat(log.messages(Level.INFO)).contains("tool fourohfour: recovered");
    }
  }

  @Test
  void tellsOfTheHeldOnceAndAgainWhenTheyComeBack() {
    var odd = new Held(AccountKind.TOOL, "Odd\nName", HoldReason.INVALID_NAME, "it is odd");
    t.directory.hold(odd);
    t.directory.hold(
        new Held(AccountKind.TOOL, "Odd\nName", HoldReason.INVALID_UID, "it is odder"));
    String told =
        "tool \"Odd\\u{a}Name\" is held (invalid-name): it is odd; "
            + "tool \"Odd\\u{a}Name\" is held (invalid-uid): it is odder";
    try (var log = new CapturedLog()) {
      t.controller.pass();
      t.controller.pass();
      assertThat(log.messages(Level.WARN)).containsExactly(told);

      t.directory.clearHeld();
      t.controller.pass();
      assertThat(log.messages(Level.INFO)).contains("tool Odd\\u{a}Name: recovered");

      t.directory.hold(odd);
      t.controller.pass();
      assertThat(log.messages(Level.WARN)).hasSize(2);
    }
  }

  @Test
  void tellsThatAnAccountIsWellWhenItIsNoLongerHeld() {
    Account one = t.tool("x");
    t.directory.add(AccountId.admin("x"));
    try (var log = new CapturedLog()) {
      t.controller.pass();
      assertThat(log.messages(Level.WARN))
          .hasSize(2)
          .allMatch(message -> message.contains("is held"));
      t.directory.clear();
      Account again = t.tool("x");
      assertThat(again).isEqualTo(one);

      assertThat(t.pass(again)).isEqualTo(new Outcome.Done("new"));

      assertThat(log.messages(Level.INFO))
          .filteredOn(message -> message.endsWith("recovered"))
          .containsExactlyInAnyOrder("tool x: recovered", "admin x: recovered");
    }
  }

  @Test
  void neverLetsAPrivateKeyIntoTheLog() {
    try (var log = new CapturedLog()) {
      Account tool = t.tool("fourohfour");
      Account full = t.tool("full");
      t.homes.put(
          full.id(),
          HomeFile.KUBECONFIG,
          "users: [{name: x, user: {token: hunter2}}]".getBytes(UTF_8));
      t.journal.failOn("write home of tool full", new HomeException("could not write client.key"));
      t.journal.failOn("record admin alice", unavailable);
      Account admin = t.admin("alice");
      t.controller.pass();

      assertThat(log.text())
          .contains(
              "tool fourohfour: done (new)", "could not write client.key", unavailable.getMessage())
          .doesNotContain("hunter2")
          .doesNotContain("PRIVATE KEY");
      Stream.of(file(tool, HomeFile.TOOL_KEY), file(admin, HomeFile.ADMIN_KEY))
          .flatMap(String::lines)
          .forEach(
              line ->
                  assertThat(log.text())
                      .doesNotContain(line.substring(0, Math.min(20, line.length()))));
    }
  }
}
