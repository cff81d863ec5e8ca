package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.Account;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A controller that another one leads beside. */
@Timeout(60)
class StandByTest extends WithController {
  @Test
  void readsAndFollowsTheClusterOnceAndDoesNothing() {
    t.tool("fourohfour");

    t.controller.standBy();
    t.controller.standBy();

    assertThat(t.journal.entries()).containsExactly("load", "follow");
  }

  @Test
  void looksAgainAtTheClusterBeforeItsFirstPassForTheFormerLeaderMayHaveChangedIt() {
    Account tool = t.tool("fourohfour");
    t.controller.standBy();
    t.journal.clear();

    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("new"));

    assertThat(t.journal.entries()).containsOnlyOnce("load").doesNotContain("follow");
    t.journal.clear();
    t.pass(tool);
    assertThat(t.journal.entries()).doesNotContain("load");
  }

  @Test
  void doesNothingAboutWhatChanges() {
    Account tool = t.tool("fourohfour");
    t.controller.standBy();

    t.cluster.deleteStatus(tool.id());
    settle();

    assertThat(effects()).isEmpty();
  }
}
