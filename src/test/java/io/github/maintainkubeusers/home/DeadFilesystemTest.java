package io.github.maintainkubeusers.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.linux.Architecture;
import io.github.maintainkubeusers.linux.Errno;
import io.github.maintainkubeusers.linux.Kernel;
import io.github.maintainkubeusers.linux.NativeKernel;
import io.github.maintainkubeusers.linux.SystemCall;
import io.github.maintainkubeusers.testing.RootOnly;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Some names hang when they are opened, like those of a file server that is away. */
@Timeout(60)
@RootOnly
class DeadFilesystemTest {
  private final Set<String> hanging = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch serverIsBack = new CountDownLatch(1);
  private volatile boolean givesUp;
  private HomeWorld world;
  private UnixHomes homes;

  @BeforeEach
  void open() throws IOException {
    world = new HomeWorld();
    Kernel real = new NativeKernel(Architecture.current().orElseThrow());
    homes =
        world.homes(
            (call, a, b, c, d, e) -> {
              if (call == SystemCall.OPENAT && hanging.contains(name(b))) {
                awaitServer();
                if (givesUp) {
                  return -Errno.ETIMEDOUT.number();
                }
              }
              return real.call(call, a, b, c, d, e);
            },
            world.settings(Duration.ofMillis(300), false));
  }

  @AfterEach
  void close() {
    serverIsBack.countDown();
    homes.close();
    world.close();
  }

  @Test
  void aHomeThatHangsHoldsUpItsOwnAccountAlone() {
    hanging.add("fox");
    assertNoAnswer(world.tool, "no answer within 300 ms");
    assertThat(homes.stuckWorkers()).isOne();

    for (int i = 0; i < 20; i++) {
      assertNoAnswer(world.tool, "an earlier operation has not come back yet");
      homes.prepare(world.neighbour);
    }
    homes.prepare(world.admin);
    assertThat(homes.stuckWorkers()).isOne();
  }

  @Test
  void aHomeThatTimedOutHealsWhenItIsBack() throws InterruptedException {
    hanging.add("fox");
    assertNoAnswer(world.tool, "no answer within 300 ms");
    letGo();
    for (int i = 0; homes.stuckWorkers() > 0; i++) {
      assertThat(i).isLessThan(1000);
      Thread.sleep(10);
    }

    homes.prepare(world.tool);
    var write = new HomeWrite(HomeFile.KUBECONFIG, new byte[] {1}, Optional.empty());
    assertThat(homes.write(world.tool, List.of(write))).hasSize(1);
    assertThat(HomeWorld.look(world.in(".kube/config"))).isEqualTo("61001:61001 600");
  }

  @Test
  void aRootThatHangsIsLeftAloneForAWhileAndThenTriedByOne() throws InterruptedException {
    hanging.add("project");
    assertNoAnswer(tool(1), "no answer within 300 ms");
    assertNoAnswer(tool(2), "no answer within 300 ms");
    assertNoAnswer(tool(3), "no answer within 300 ms");
    long start = System.nanoTime();
    for (int i = 4; i < 100; i++) {
      assertNoAnswer(
          tool(i), world.tools + " has not answered for several accounts; not asked for now");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    homes.prepare(world.admin);

    world.pass(Duration.ofSeconds(60));
    assertNoAnswer(tool(4), "no answer within 300 ms");
    assertNoAnswer(
        tool(5), world.tools + " has not answered for several accounts; not asked for now");

    letGo();
    world.pass(Duration.ofSeconds(60));
    homes.prepare(tool(6));
    homes.prepare(tool(1));
  }

  @Test
  void aRootThatIsBackIsAskedAgainAtOnce() throws InterruptedException {
    hanging.add("project");
    for (int i = 1; i <= 3; i++) {
      assertNoAnswer(tool(i), "no answer within 300 ms");
    }
    assertNoAnswer(
        tool(4), world.tools + " has not answered for several accounts; not asked for now");

    letGo();
    homes.prepare(tool(4));
    homes.prepare(tool(1));
  }

  /** As with NFS mounted soft: after a while, the kernel says that there is no server. */
  @Test
  void aRootIsNotBackWhenItsWorkersAreToldThatItIsAway() throws InterruptedException {
    givesUp = true;
    hanging.add("project");
    for (int i = 1; i <= 3; i++) {
      assertNoAnswer(tool(i), "no answer within 300 ms");
    }
    serverIsBack.countDown();
    awaitWorkers();

    assertNoAnswer(
        tool(4), world.tools + " has not answered for several accounts; not asked for now");
    world.pass(Duration.ofSeconds(60));
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.prepare(tool(4)))
        .withMessageEndingWith("Connection timed out (ETIMEDOUT)");
  }

  @Test
  void doesNotLeaveMoreWorkersBehindThanItsBound() throws InterruptedException {
    for (int i = 1; i <= 10; i++) {
      hanging.add("tool-" + i);
    }
    for (int i = 1; i <= 10; i++) {
      Account hangs = tool(i);
      assertThatExceptionOfType(HomeException.class)
          .isThrownBy(() -> homes.prepare(hangs))
          .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.NO_ANSWER));
      world.pass(Duration.ofSeconds(60));
    }
    assertThat(homes.stuckWorkers()).isEqualTo(6);
    assertNoAnswer(world.tool, "all workers for " + world.tools + " were busy for 300 ms");

    letGo();
    for (int i = 1; i <= 10; i++) {
      homes.prepare(tool(i));
    }
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(
                    thread -> thread.getName().equals("home " + world.tools) && thread.isAlive()))
        .hasSize(2);
  }

  @Test
  void aCallerThatIsInterruptedStopsWaiting() throws InterruptedException {
    hanging.add("fox");
    Thread caller =
        Thread.ofVirtual()
            .start(
                () ->
                    assertThatExceptionOfType(HomeException.class)
                        .isThrownBy(() -> homes.prepare(world.tool))
                        .withMessageEndingWith("interrupted"));
    caller.interrupt();
    assertThat(caller.join(Duration.ofSeconds(10))).isTrue();
  }

  private void letGo() throws InterruptedException {
    hanging.clear();
    serverIsBack.countDown();
    awaitWorkers();
  }

  private void awaitWorkers() throws InterruptedException {
    while (homes.stuckWorkers() > 0) {
      Thread.sleep(5);
    }
  }

  private void assertNoAnswer(Account account, String reason) {
    assertThatExceptionOfType(HomeException.class)
        .isThrownBy(() -> homes.prepare(account))
        .withMessage("could not prepare " + account.home() + " of " + account + ": " + reason)
        .satisfies(e -> assertThat(e.fault()).isEqualTo(HomeFault.NO_ANSWER));
  }

  private Account tool(int number) {
    return new Account(
        AccountId.tool("tool-" + number),
        new Uid(62000 + number),
        new HomePath(world.tools + "/tool-" + number),
        false);
  }

  @SuppressWarnings("restricted")
  private static String name(long address) {
    return MemorySegment.ofAddress(address).reinterpret(256).getString(0);
  }

  private void awaitServer() {
    boolean interrupted = false;
    while (true) {
      try {
        serverIsBack.await();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
