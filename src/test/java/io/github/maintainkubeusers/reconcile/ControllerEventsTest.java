package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.plan.CredentialStep;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.testing.CapturedLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** What those are told who watch the controller. */
@Timeout(60)
class ControllerEventsTest extends WithController {
  @Test
  void aPassIsToldFromStartToEndStageByStage() {
    Account tool = t.tool("fourohfour");

    PassReport report = t.controller.pass();

    assertThat(t.events.all().getFirst()).isEqualTo(new ControllerEvent.PassStarted(1));
    // What the pass itself changed is looked at once more, perhaps after its end.
    assertThat(t.events.all())
        .filteredOn(event -> !(event instanceof ControllerEvent.Settled))
        .last()
        .isEqualTo(new ControllerEvent.PassFinished(report));
    assertThat(t.events.of(ControllerEvent.StageEntered.class))
        .extracting(ControllerEvent.StageEntered::stage)
        .containsExactly(Stage.values());
    assertThat(t.events.of(ControllerEvent.CachesLoaded.class)).hasSize(1);
    assertThat(t.events.of(ControllerEvent.PassProgressed.class)).hasSize(1);
    assertThat(t.events.of(ControllerEvent.DirectoryRead.class).getFirst().wanted().accounts())
        .containsOnlyKeys(tool.id());
    Plan done = t.events.of(ControllerEvent.PlanDone.class).getFirst().plan();
    assertThat(done.id()).isEqualTo(tool.id());
    assertThat(done.why()).isEqualTo("new");
    assertThat(done.steps()).hasAtLeastOneElementOfType(CredentialStep.Issue.class);
    assertThat(t.events.all())
        .contains(new ControllerEvent.Settled(tool.id(), new Outcome.Done("new")));
  }

  @Test
  void aFailureIsToldWithItsCauseAndWhatComesOfIt() {
    Account tool = t.tool("fourohfour");
    var cause = new HomeException("could not open it");
    t.journal.failOn("prepare home", cause);

    Outcome outcome = t.pass(tool);

    List<ControllerEvent> told = t.events.all();
    assertThat(told)
        .contains(
            new ControllerEvent.AccountFailed(tool.id(), cause),
            new ControllerEvent.Settled(tool.id(), outcome));
    assertThat(told.indexOf(new ControllerEvent.AccountFailed(tool.id(), cause)))
        .isLessThan(told.indexOf(new ControllerEvent.Settled(tool.id(), outcome)));
  }

  @Test
  void aPassThatCannotRunIsToldToo() {
    t.journal.failOn("load", unavailable);

    assertThatThrownBy(t.controller::pass).isSameAs(unavailable);

    assertThat(t.events.all().getLast()).isEqualTo(new ControllerEvent.PassFailed(unavailable));
    assertThat(t.events.of(ControllerEvent.CachesLoaded.class)).isEmpty();
  }

  @Test
  void oneWhoStandsByIsReadyAndSaysSoEachTime() {
    t.controller.standBy();
    t.controller.standBy();

    assertThat(t.events.all())
        .containsExactly(
            new ControllerEvent.StageEntered(Stage.MIRRORS),
            new ControllerEvent.CachesLoaded(),
            new ControllerEvent.StoodBy(),
            new ControllerEvent.StoodBy());
  }

  @Test
  void oneWhoCannotStandByIsToldAsOneWhoTries() {
    t.journal.failOn("load", unavailable);

    assertThatThrownBy(t.controller::standBy).isSameAs(unavailable);

    assertThat(t.events.all()).endsWith(new ControllerEvent.StoodBy());
  }

  @Test
  void aRemovalIsToldWhenItIsDone() {
    Account tool = provisioned("gone");
    t.directory.clear();
    t.events.clear();

    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("quarantined"));

    assertThat(t.events.of(ControllerEvent.PlanDone.class))
        .extracting(done -> done.plan().id())
        .containsExactly(tool.id());
  }

  @Test
  void theLogKnowsPassAndAccountWhereTheWorkIsDone() {
    t.tool("fourohfour");
    t.admin("alice");
    try (var log = new CapturedLog()) {
      PassReport report = t.controller.pass();

      assertThat(log.contexts("tool fourohfour: done (new)"))
          .containsExactly(Map.of("pass", "1", "account", "tool fourohfour"));
      assertThat(log.contexts("admin alice: done (new)"))
          .containsExactly(Map.of("pass", "1", "account", "admin alice"));
      assertThat(log.contexts("Pass over " + report.summary()))
          .containsExactly(Map.of("pass", "1"));
    }
    assertThat(MDC.get("pass")).isNull();
  }
}
