package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.testing.InMemoryDirectory;
import io.github.maintainkubeusers.testing.InMemoryHomes;
import io.github.maintainkubeusers.testing.Journal;
import io.github.maintainkubeusers.testing.TestingLeadership;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeaderOnlyHomesTest {
  private final Journal journal = new Journal();
  private final InMemoryHomes homes = new InMemoryHomes(journal);
  private final TestingLeadership leadership = new TestingLeadership();
  private final LeaderOnlyHomes guarded = new LeaderOnlyHomes(homes, leadership);
  private final Account tool = new InMemoryDirectory(journal).add(AccountId.tool("fourohfour"));

  @Test
  void areWrittenToByALeader() {
    leadership.lead(true);
    guarded.prepare(tool);
    guarded.write(tool, List.of());
    guarded.markDisabled(tool, true);
    assertThat(journal.entries()).hasSize(3);
  }

  @Test
  void areLeftAloneByAnybodyElse() {
    for (Runnable write :
        List.<Runnable>of(
            () -> guarded.prepare(tool),
            () -> guarded.write(tool, List.of()),
            () -> guarded.markDisabled(tool, true))) {
      assertThatExceptionOfType(ClusterException.class)
          .isThrownBy(write::run)
          .withMessage("could not act: this process does not lead");
    }
    assertThat(journal.entries()).isEmpty();
  }

  @Test
  void areReadByEverybody() {
    homes.put(tool.id(), HomeFile.KUBECONFIG, new byte[1]);
    assertThat(guarded.read(tool, Set.of(HomeFile.KUBECONFIG)))
        .containsOnlyKeys(HomeFile.KUBECONFIG);
  }
}
