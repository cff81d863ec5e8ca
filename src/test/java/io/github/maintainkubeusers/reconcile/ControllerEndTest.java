package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.Account;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a controller ends. */
@Timeout(60)
class ControllerEndTest extends WithController {
  @Test
  void endsWithinItsBoundAlsoWhenTheClusterHangs() throws Exception {
    t.tool("fourohfour");
    var hanging = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    t.journal.intercept(
        entry -> {
          if (entry.startsWith("sign")) {
            hanging.countDown();
            awaitUninterruptibly(release);
          }
        });
    var pass = CompletableFuture.supplyAsync(t.controller::pass, Thread::startVirtualThread);
    assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
    long before = System.nanoTime();

    t.close();

    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(9));
    release.countDown();
    assertThat(pass.get(10, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void interruptsWhatWaitsWhenItEndsAndSaysSo() throws Exception {
    Account tool = t.tool("fourohfour");
    var hanging = new CountDownLatch(1);
    t.journal.intercept(
        entry -> {
          if (entry.startsWith("sign")) {
            hanging.countDown();
            await(new CountDownLatch(1));
          }
        });
    var pass = CompletableFuture.supplyAsync(t.controller::pass, Thread::startVirtualThread);
    assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();

    t.close();

    assertThat(pass.get(1, TimeUnit.SECONDS).outcomes().get(tool.id()))
        .isInstanceOf(Outcome.Failed.class);
    assertThat(t.cluster.record(tool.id())).isEmpty();
  }

  @Test
  void doesNothingMoreOnceItHasEnded() {
    Account tool = t.tool("fourohfour");
    Account old = provisioned("old");
    t.close();
    quiet();

    t.cluster.deleteStatus(old.id());

    assertThat(effects()).isEmpty();
    t.cluster.deleteStatus(tool.id());
    assertThat(t.pass(old))
        .isEqualTo(new Outcome.Failed("interrupted: the program is ending", Optional.empty()));
  }
}
