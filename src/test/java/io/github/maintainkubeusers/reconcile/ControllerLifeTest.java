package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.credential.TestingAuthority;
import io.github.maintainkubeusers.plan.CredentialStatus;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.testing.CapturedLog;
import io.github.maintainkubeusers.testing.Changed;
import io.github.maintainkubeusers.yaml.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens to accounts after their birth. */
class ControllerLifeTest extends WithController {
  @Test
  void putsRightWhatAnOwnerWroteIntoTheMarkerWithTheNextPassAndNotBefore() {
    Account tool = provisioned("scribbler");
    CredentialStatus right = t.cluster.observe(tool.id()).status().orElseThrow();
    quiet();

    t.cluster.change(
        tool.id(),
        was -> Changed.status(was, Optional.of(new CredentialStatus("x", "2999", false))));
    settle();
    assertThat(effects()).isEmpty();

    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("repair"));
    assertThat(t.cluster.observe(tool.id()).status()).contains(right);
    assertThat(effects()).containsExactly("show tool scribbler user created");
  }

  @Test
  void delaysTheFourthRefreshAndMakesItWhenItIsDue() {
    Account tool = provisioned("impatient");
    for (int generation = 2; generation <= 4; generation++) {
      t.cluster.deleteStatus(tool.id());
      awaitGeneration(tool, generation);
    }

    t.cluster.deleteStatus(tool.id());
    assertThat(t.pass(tool)).isIn(new Outcome.Done("refresh delayed"), new Outcome.Unchanged());
    settle();
    assertThat(t.cluster.record(tool.id()).orElseThrow().state())
        .isEqualTo(AccountState.REFRESH_DELAYED);
    assertThat(t.cluster.record(tool.id()).orElseThrow().credential().orElseThrow().number())
        .isEqualTo(4);
    assertThat(t.cluster.observe(tool.id()).status().orElseThrow().status())
        .startsWith("new credentials at 2026-11-22T04:55:14Z");

    t.clock.advance(Duration.ofMinutes(5));
    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("refresh"));
    assertThat(t.cluster.record(tool.id()).orElseThrow().credential().orElseThrow().number())
        .isEqualTo(5);
    assertThat(t.cluster.observe(tool.id()).status().orElseThrow().status())
        .isEqualTo("user created");
  }

  @Test
  void rollsANewTemplateOutInWaves() {
    List<Account> tools = IntStream.range(0, 5).mapToObj(i -> provisioned("tool-" + i)).toList();
    quiet();
    t.catalogue.allowPods(20);

    PassReport first = t.controller.pass();
    assertThat(first.count(Outcome.Done.class)).isEqualTo(TestingController.ROUTINE);
    assertThat(first.count(Outcome.Pending.class)).isEqualTo(2);

    t.clock.advance(Duration.ofMinutes(1));
    assertThat(t.controller.pass().count(Outcome.Done.class)).isEqualTo(2);
    assertThat(tools)
        .allSatisfy(tool -> assertThat(t.pass(tool)).isEqualTo(new Outcome.Unchanged()));
  }

  @Test
  void holdsAWaveUpWhileTheApiServerIsUnwellAndKeepsNobodyElseWaiting() {
    Account tool = provisioned("patient");
    quiet();
    t.catalogue.allowPods(20);
    t.cluster.complain(Optional.of("the API server has failed 3 calls within 30 s"));

    assertThat(t.pass(tool))
        .isInstanceOfSatisfying(
            Outcome.Pending.class,
            pending ->
                assertThat(pending.reason()).contains("rollout waits: the API server has failed"));
    assertThat(t.pass(t.tool("newcomer"))).isEqualTo(new Outcome.Done("new"));

    t.cluster.complain(Optional.empty());
    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("rollout"));
  }

  @Test
  void leavesAQuotaThatSomebodyChangedByHandAndSaysSoOnce() {
    Account tool = provisioned("raised");
    quiet();
    t.catalogue.allowPods(20);
    try (var log = new CapturedLog()) {
      t.cluster.change(
          tool.id(), was -> Changed.content(was, ManagedObject.RESOURCE_QUOTA, "0123456789abcdef"));
      IntStream.range(0, 3)
          .forEach(_ -> assertThat(t.pass(tool)).isEqualTo(new Outcome.Unchanged()));

      assertThat(log.messages(Level.INFO))
          .filteredOn(message -> message.contains("by hand"))
          .containsExactly(
              "tool raised: changed by hand and kept: [ResourceQuota (resourcequota)]");
    }
  }

  @Test
  void replacesTheCertificatesOfAnAuthorityThatRetiresInWavesAndThoseOfOneThatIsLostSooner() {
    List<Account> tools = Stream.of("a", "b", "c", "d").map(this::provisioned).toList();
    quiet();
    var successor = TestingAuthority.root("CN=successor", t.clock.instant());
    t.cluster.trustAlso(successor);
    t.controller.pass();
    t.clock.advance(Duration.ofMinutes(10));
    t.controller.pass();
    assertThat(tools)
        .allSatisfy(
            tool ->
                assertThat(t.pass(tool))
                    .as("who signs has not changed")
                    .isEqualTo(new Outcome.Unchanged()));

    quiet();
    t.cluster.signWith(successor);
    t.clock.advance(Duration.ofMinutes(10));
    assertThat(t.controller.pass().count(Outcome.Done.class)).isEqualTo(TestingController.ROUTINE);

    quiet();
    t.cluster.trustOnly(successor);
    PassReport report = t.controller.pass();
    assertThat(report.outcomes().values())
        .contains(new Outcome.Done("the cluster no longer trusts its CA"));
    t.clock.advance(Duration.ofMinutes(2));
    t.controller.pass();
    assertThat(tools)
        .allSatisfy(
            tool -> {
              assertThat(t.pass(tool)).isEqualTo(new Outcome.Unchanged());
              assertThat(
                      t.cluster.record(tool.id()).orElseThrow().credential().orElseThrow().number())
                  .isEqualTo(2);
            });
  }

  @Test
  void replacesNothingWhenNobodySignsWithAnAuthorityThatIsTrusted() {
    Account tool = provisioned("careful");
    quiet();
    t.cluster.trustOnly(TestingAuthority.root("CN=mistake", t.clock.instant()));
    t.controller.pass();
    t.clock.advance(Duration.ofMinutes(1));
    quiet();

    t.controller.pass();

    assertThat(effects())
        .filteredOn(effect -> effect.startsWith("sign"))
        .containsOnly("sign request of probe");
    assertThat(t.cluster.record(tool.id()).orElseThrow().credential().orElseThrow().number())
        .isEqualTo(1);
  }

  @Test
  void looksOnceMoreForWhoeverSeemsGoneAndKeepsWhomAnotherServerHas() {
    Account tool = provisioned("lagging");
    t.directory.missNext(tool);
    quiet();

    assertThat(t.pass(tool)).isEqualTo(new Outcome.Unchanged());

    assertThat(t.journal.count("read directory")).isEqualTo(2);
    assertThat(effects()).isEmpty();
  }

  @Test
  void survivesAnAccountThatFlipsBetweenDisabledAndEnabledEveryPass() {
    Account tool = provisioned("flipping");
    for (int i = 0; i < 6; i++) {
      t.directory.lock(tool);
      t.controller.pass();
      assertThat(t.cluster.observe(tool.id()).suspended()).isTrue();
      t.directory.unlock(tool);
      assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("restored"));
    }
    assertThat(t.cluster.record(tool.id()).orElseThrow().credential().orElseThrow().number())
        .isEqualTo(1);
    assertThat(t.pass(tool)).isEqualTo(new Outcome.Unchanged());
  }

  @Test
  void doesNothingWhileTheClockDiffersFromTheApiServers() {
    Account tool = provisionedBeforeTheClockJumped();

    assertThatExceptionOfType(WrongClockException.class)
        .isThrownBy(() -> t.controller.pass())
        .withMessageContaining("34560000 s ahead of the API server's");
    t.cluster.deleteStatus(tool.id());
    settle();
    assertThat(effects()).isEmpty();

    t.cluster.setClockLead(Duration.ZERO.minusSeconds(299));
    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("refresh"));
  }

  @Test
  void doesNothingForOneWhoIsWokenAfterTheClockHasJumped() {
    Account tool = provisionedBeforeTheClockJumped();

    t.cluster.deleteStatus(tool.id());
    settle();
    assertThat(effects()).isEmpty();

    t.clock.advance(Duration.ofDays(-400));
    t.cluster.setClockLead(Duration.ZERO);
    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("refresh"));
  }

  @Test
  void tellsOfOverridesThatMakeNoSenseAndGoesOn() {
    Account tool = provisioned("steady");
    t.catalogue.failWith(
        new ConfigurationException(List.of("overrides.yaml:3: tools.x.owner: is missing")));
    try (var log = new CapturedLog()) {
      assertThat(t.pass(tool)).isEqualTo(new Outcome.Unchanged());
      assertThat(log.messages(Level.WARN))
          .containsExactly("overrides: overrides.yaml:3: tools.x.owner: is missing");
    }
  }

  private Account provisionedBeforeTheClockJumped() {
    Account tool = provisioned("timely");
    quiet();
    t.clock.advance(Duration.ofDays(400));
    t.cluster.setClockLead(Duration.ofDays(400));
    return tool;
  }
}
