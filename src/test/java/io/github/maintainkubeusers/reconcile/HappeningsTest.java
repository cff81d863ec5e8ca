package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.home.HomeException;
import io.github.maintainkubeusers.plan.Step;
import io.github.maintainkubeusers.testing.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** What those are told who watch the controller. */
@Timeout(60)
class HappeningsTest extends WithController {
    @Test
    void aPassIsToldFromStartToEndStageByStage() {
        Account tool = t.tool("fourohfour");

        PassReport report = t.controller.pass();

        assertThat(t.happenings.all().getFirst()).isEqualTo(new Happening.PassStarted(1));
        // What the pass itself changed is looked at once more, perhaps after its end.
        assertThat(t.happenings.all()).filteredOn(happening -> !(happening instanceof Happening.Settled)).last()
                .isEqualTo(new Happening.PassFinished(report));
        assertThat(t.happenings.of(Happening.StageEntered.class)).extracting(Happening.StageEntered::stage)
                .containsExactly(Stage.values());
        assertThat(t.happenings.of(Happening.MirrorsLoaded.class)).hasSize(1);
        assertThat(t.happenings.of(Happening.PassProgressed.class)).hasSize(1);
        assertThat(t.happenings.of(Happening.DirectoryRead.class).getFirst().desired().accounts())
                .containsExactly(tool);
        Happening.Worked worked = t.happenings.of(Happening.Worked.class).getFirst();
        assertThat(worked.account()).isEqualTo(tool);
        assertThat(worked.why()).isEqualTo("new");
        assertThat(worked.steps()).hasAtLeastOneElementOfType(Step.Issue.class);
        assertThat(t.happenings.all()).contains(new Happening.Settled(tool.id(), new Outcome.Done("new")));
    }

    @Test
    void aFailureIsToldWithItsCauseAndWhatComesOfIt() {
        Account tool = t.tool("fourohfour");
        var cause = new HomeException("could not open it");
        t.journal.failOn("prepare home", cause);

        Outcome outcome = t.pass(tool);

        List<Happening> told = t.happenings.all();
        assertThat(told).contains(new Happening.AccountFailed(tool.id(), cause),
                new Happening.Settled(tool.id(), outcome));
        assertThat(told.indexOf(new Happening.AccountFailed(tool.id(), cause)))
                .isLessThan(told.indexOf(new Happening.Settled(tool.id(), outcome)));
    }

    @Test
    void aPassThatCannotRunIsToldToo() {
        t.journal.failOn("load", unavailable);

        assertThatThrownBy(t.controller::pass).isSameAs(unavailable);

        assertThat(t.happenings.all().getLast()).isEqualTo(new Happening.PassFailed(unavailable));
        assertThat(t.happenings.of(Happening.MirrorsLoaded.class)).isEmpty();
    }

    @Test
    void oneWhoStandsByIsReadyAndSaysSoEachTime() {
        t.controller.standBy();
        t.controller.standBy();

        assertThat(t.happenings.all()).containsExactly(new Happening.StageEntered(Stage.MIRRORS),
                new Happening.MirrorsLoaded(), new Happening.StoodBy(), new Happening.StoodBy());
    }

    @Test
    void oneWhoCannotStandByIsToldAsOneWhoTries() {
        t.journal.failOn("load", unavailable);

        assertThatThrownBy(t.controller::standBy).isSameAs(unavailable);

        assertThat(t.happenings.all()).endsWith(new Happening.StoodBy());
    }

    @Test
    void aDepartureIsToldWhenItIsDone() {
        Account tool = provisioned("gone");
        t.directory.clear();
        t.happenings.clear();

        assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("quarantined"));

        assertThat(t.happenings.of(Happening.Departed.class)).extracting(departed -> departed.plan().departure().id())
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
            assertThat(log.contexts("Pass over " + report.summary())).containsExactly(Map.of("pass", "1"));
        }
        assertThat(MDC.get("pass")).isNull();
    }
}
