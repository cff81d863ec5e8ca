package io.github.maintainkubeusers.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.directory.DirectoryException;
import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.Outcome;
import io.github.maintainkubeusers.reconcile.Stage;
import io.github.maintainkubeusers.testing.TestClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Health.Answer WELL = new Health.Answer(true, "ok");

  private final TestClock clock = new TestClock(TestingTelemetry.NOW);
  private final Liveness liveness = new Liveness(clock, LIMIT);
  private final WatchAges watches = new WatchAges(clock);
  private final Health health = new Health(liveness, watches);

  @Test
  void isReadyOnceTheMirrorsAreLoadedAndStaysSo() {
    assertThat(health.ready().good()).isFalse();
    health.onEvent(new ControllerEvent.CachesLoaded());
    assertThat(health.ready()).isEqualTo(WELL);
    health.onEvent(new ControllerEvent.PassFailed(new DirectoryException("could not read")));
    assertThat(health.ready()).isEqualTo(WELL);
  }

  @Test
  void isNotReadyWhileWhatItKnowsOfTheClusterMayBeOutOfDate() {
    health.onEvent(new ControllerEvent.CachesLoaded());
    watches.heard("namespaces");
    watches.heard("configmaps");
    clock.advance(LIMIT);
    watches.heard("configmaps");
    assertThat(health.ready()).isEqualTo(WELL);

    clock.advance(Duration.ofSeconds(1));
    assertThat(health.ready())
        .isEqualTo(new Health.Answer(false, "nothing has been heard of namespaces for 901 s"));
    health.onEvent(new ControllerEvent.StoodBy());
    assertThat(health.live()).as("a restart would not help").isEqualTo(WELL);

    watches.heard("namespaces");
    assertThat(health.ready()).isEqualTo(WELL);
  }

  @Test
  void isLiveForAsLongAsItLikesWhereNoPassesAreExpected() {
    clock.advance(LIMIT.multipliedBy(100));
    assertThat(health.live()).isEqualTo(WELL);
  }

  @Test
  void isNoLongerLiveWhenPassesStopComing() {
    liveness.expect();
    clock.advance(LIMIT);
    assertThat(health.live()).isEqualTo(WELL);
    clock.advance(Duration.ofSeconds(1));
    assertThat(health.live())
        .isEqualTo(new Health.Answer(false, "stuck between two passes: no progress for 901 s"));
  }

  @Test
  void namesTheStageThatIsStuck() {
    liveness.expect();
    health.onEvent(new ControllerEvent.PassStarted(12));
    health.onEvent(new ControllerEvent.StageEntered(Stage.TIDYING));
    clock.advance(LIMIT.plusSeconds(1));
    assertThat(health.live())
        .isEqualTo(new Health.Answer(false, "stuck in stage tidying: no progress for 901 s"));
  }

  @Test
  void staysLiveWhileAPassGetsOnHoweverLongItTakes() {
    health.onEvent(new ControllerEvent.StageEntered(Stage.ACCOUNTS));
    for (int i = 0; i < 10; i++) {
      clock.advance(LIMIT);
      health.onEvent(new ControllerEvent.PassProgressed());
      assertThat(health.live()).isEqualTo(WELL);
    }
  }

  @Test
  void isNotDeceivedByWhatIsDoneBesideAPassThatIsStuck() {
    health.onEvent(new ControllerEvent.StageEntered(Stage.ACCOUNTS));
    clock.advance(LIMIT);
    health.onEvent(
        new ControllerEvent.Settled(
            AccountId.tool("x"), new Outcome.Failed("could not", Optional.empty())));
    clock.advance(Duration.ofSeconds(1));
    assertThat(health.live().text()).isEqualTo("stuck in stage accounts: no progress for 901 s");
  }

  @Test
  void staysLiveWhileAnotherProcessLeads() {
    liveness.expect();
    for (int i = 0; i < 10; i++) {
      clock.advance(LIMIT);
      health.onEvent(new ControllerEvent.StoodBy());
      assertThat(health.live()).isEqualTo(WELL);
    }
    clock.advance(LIMIT.plusSeconds(1));
    assertThat(health.live().good()).isFalse();
  }

  @Test
  void staysLiveWhenNothingCanBeReadAtAll() {
    for (int i = 0; i < 10; i++) {
      health.onEvent(new ControllerEvent.PassStarted(i));
      health.onEvent(new ControllerEvent.StageEntered(Stage.DIRECTORY));
      clock.advance(LIMIT);
      health.onEvent(new ControllerEvent.PassFailed(new DirectoryException("could not read")));
      assertThat(health.live()).isEqualTo(WELL);
    }
  }
}
