package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.testing.Changed;
import org.junit.jupiter.api.Test;

/** A pass plans nobody for whom nothing has changed, and everybody else. */
class AccountPlansTest extends WithController {
    @Test
    void plansAnAccountThatNeedsNothingOnlyOnce() {
        Account tool = provisioned("steady");
        Account admin = t.admin("alice");
        t.controller.pass();
        t.clock.advance(Duration.ofMinutes(11)); // the grace period of the first credentials is over
        t.controller.pass();
        quiet();

        PassReport report = t.controller.pass();
        assertThat(report.outcomes().get(tool.id())).isEqualTo(new Outcome.Unchanged());
        assertThat(report.outcomes().get(admin.id())).isEqualTo(new Outcome.Unchanged());
        assertThat(looks()).isZero();
    }

    @Test
    void plansItAgainWhenSomethingOfItChanged() {
        Account tool = provisioned("changed");
        Account other = provisioned("other");
        quiet();

        t.cluster.change(tool.id(), was -> Changed.bindings(was, bindings -> bindings.clear()));
        settle();
        assertThat(effects()).anyMatch(effect -> effect.startsWith("bind"));
        assertThat(t.journal.entries()).doesNotContain("observe " + other.id());
    }

    @Test
    void plansItAgainWhenItsTimeComes() {
        Account tool = provisioned("old");
        quiet();
        t.clock.advance(Duration.ofDays(350));

        assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("renewal"));
    }

    @Test
    void plansItAgainWhenTheClockGoesBack() {
        Account tool = provisioned("young");
        quiet();
        t.clock.advance(Duration.ofMinutes(-5));

        t.pass(tool);
        assertThat(looks()).isPositive();
    }

    @Test
    void plansEverybodyAgainWhenTemplatesChange() {
        Account tool = provisioned("blueprinted");
        quiet();
        t.catalogue.allowPods(20);

        assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("rollout"));
    }

    private long looks() {
        return t.journal.count("observe ");
    }
}
