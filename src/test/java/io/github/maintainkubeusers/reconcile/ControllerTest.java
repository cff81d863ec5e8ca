package io.github.maintainkubeusers.reconcile;

import static io.github.maintainkubeusers.reconcile.TestingController.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.home.HomeFile;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.testing.Changed;
import io.github.maintainkubeusers.testing.Waiting;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passes and events when all goes well. */
@Timeout(60)
class ControllerTest extends WithController {
  @Test
  void provisionsANewToolInTheOrderOfItsSteps() {
    Account tool = t.tool("fourohfour");

    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("new"));

    assertThat(effects())
        .containsExactly(
            "apply namespace of tool fourohfour",
            "put resourcequota of tool fourohfour",
            "put limitrange of tool fourohfour",
            "prepare home of tool fourohfour",
            "sign request of tool fourohfour",
            "bind rolebinding of tool fourohfour to tool:fourohfour:ID",
            "write home of tool fourohfour [.toolskube/client.key, .toolskube/client.crt,"
                + " .kube/config]",
            "record tool fourohfour active generation 1");
    assertThat(t.cluster.record(tool.id()))
        .hasValueSatisfying(
            record -> {
              assertThat(record.uid()).isEqualTo(tool.uid());
              assertThat(record.previous()).isEmpty();
              assertThat(record.since()).isEqualTo(START);
            });
    assertThat(file(tool, HomeFile.TOOL_KEY)).startsWith("-----BEGIN PRIVATE KEY-----");
    assertThat(file(tool, HomeFile.TOOL_CERTIFICATE)).startsWith("-----BEGIN CERTIFICATE-----");
    assertThat(file(tool, HomeFile.KUBECONFIG))
        .contains(
            "https://api.example:6443",
            "tf-fourohfour",
            "tool-fourohfour",
            "../.toolskube/client.key");
  }

  @Test
  void provisionsAnAdmin() {
    Account admin = t.admin("alice");

    assertThat(t.pass(admin)).isEqualTo(new Outcome.Done("new"));

    assertThat(effects())
        .containsExactly(
            "prepare home of admin alice",
            "sign request of admin alice",
            "bind view of admin alice to admin:alice:ID",
            "bind admin of admin alice to admin:alice:ID",
            "write home of admin alice [.admkube/client.key, .admkube/client.crt, .kube/config]",
            "record admin alice active generation 1");
    assertThat(file(admin, HomeFile.KUBECONFIG))
        .contains("../.admkube/client.key")
        .doesNotContain("namespace:");
  }

  @Test
  void doesNothingInASecondPass() {
    Account tool = t.tool("fourohfour");
    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("new"));
    quiet();

    assertThat(t.pass(tool)).isEqualTo(new Outcome.Unchanged());

    assertThat(effects()).isEmpty();
  }

  @Test
  void readsTheClusterOnceAndListensOnlyAfterThat() {
    t.controller.pass();
    t.controller.pass();

    assertThat(t.journal.entries())
        .containsSubsequence("load", "follow")
        .filteredOn("load"::equals)
        .hasSize(1);
  }

  @Test
  void makesNewCredentialsAtOnceWhenTheOwnerAsksForThem() {
    Account tool = provisioned("fourohfour");
    long readings = t.journal.count("read directory");

    t.cluster.deleteStatus(tool.id());

    awaitGeneration(tool, 2);
    assertThat(effects())
        .contains(
            "bind rolebinding of tool fourohfour to" + " tool:fourohfour:ID,tool:fourohfour:ID");
    assertThat(t.journal.count("read directory")).isEqualTo(readings);
  }

  @Test
  void wakesForNobodyWhomTheDirectoryDoesNotName() {
    t.controller.pass();

    t.cluster.deleteStatus(AccountId.tool("stranger"));

    settle();
    assertThat(effects()).isEmpty();
  }

  @Test
  void issuesOnceWhenManyEventsWantTheSameAccountDone() {
    Account tool = provisioned("fourohfour");
    t.cluster.deleteStatus(tool.id());
    IntStream.range(0, 50).forEach(_ -> t.cluster.tell(tool.id()));

    awaitGeneration(tool, 2);
    settle();
    assertThat(t.journal.count("sign")).isEqualTo(2);
  }

  @Test
  void takesUpAnEventThatComesWhileAPassWorksOnTheAccount() {
    Account tool = t.tool("fourohfour");
    var once = new AtomicBoolean();
    t.journal.intercept(
        entry -> {
          if (entry.startsWith("record") && once.compareAndSet(false, true)) {
            t.cluster.tell(tool.id());
          }
        });

    assertThat(t.pass(tool)).isEqualTo(new Outcome.Done("new"));

    settle();
    assertThat(t.journal.count("sign")).isEqualTo(1);
    t.cluster.deleteStatus(tool.id());
    awaitGeneration(tool, 2);
  }

  @Test
  void letsEventsOfOneBusyAccountTakeUpNobodyElsesPlace() throws Exception {
    Account busy = provisioned("busy");
    Account other = provisioned("other");
    var waiting = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    t.journal.intercept(
        entry -> {
          if (entry.startsWith("sign request of tool busy")) {
            waiting.countDown();
            await(release);
          }
        });
    t.cluster.deleteStatus(busy.id());
    assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
    IntStream.range(0, 20).forEach(_ -> t.cluster.tell(busy.id()));

    t.cluster.deleteStatus(other.id());

    awaitGeneration(other, 2);
    release.countDown();
    awaitGeneration(busy, 2);
    assertThat(t.journal.count("sign request of tool busy")).isEqualTo(2);
  }

  @Test
  void worksOnNoMoreAccountsAtOnceThanItMay() {
    var peak = new AtomicInteger();
    var now = new AtomicInteger();
    Stream.of("a", "b", "c", "d", "e", "f").forEach(t::tool);
    t.journal.intercept(
        entry -> {
          if (entry.startsWith("sign")) {
            peak.accumulateAndGet(now.incrementAndGet(), Math::max);
            Waiting.until("a moment has passed", SOON, elapsed(Duration.ofMillis(50)));
            now.decrementAndGet();
          }
        });

    assertThat(t.controller.pass().count(Outcome.Done.class)).isEqualTo(6);

    assertThat(peak).hasValue(2);
  }

  @Test
  void reportsTheHeldAndTheWaitingApart() {
    Account tool = provisioned("fourohfour");
    t.directory.hold(new Held(AccountKind.TOOL, "Odd", HoldReason.INVALID_NAME, "it is odd"));
    t.tool("system");
    t.cluster.change(tool.id(), was -> Changed.namespace(was, NamespaceState.TERMINATING));

    PassReport report = t.controller.pass();

    assertThat(report.held()).isEmpty();
    assertThat(report.outcomes())
        .containsOnlyKeys(tool.id(), AccountId.tool("odd"), AccountId.tool("system"));
    assertThat(report.summary()).contains("3 accounts", "1 pending", "2 held", "0 failed");
  }

  @Test
  void plansWithoutDoingAnything() {
    t.tool("fourohfour");

    assertThat(t.controller.dryRun().plans())
        .singleElement()
        .satisfies(plan -> assertThat(plan.why()).isEqualTo("new"));
    assertThat(effects()).isEmpty();
  }
}
