package io.github.maintainkubeusers.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.maintainkubeusers.testing.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void keepsTheOrder() {
    List<Integer> things = IntStream.range(0, 100).boxed().toList();

    assertThat(Parallel.of(2).map(things, List::of)).isEqualTo(things);
  }

  @Test
  void doesNoMoreAtOnce() {
    var three = new CyclicBarrier(3);
    var running = new AtomicInteger();
    var most = new AtomicInteger();

    List<Integer> _ =
        Parallel.of(3)
            .map(
                IntStream.range(0, 30).boxed().toList(),
                thing -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  meet(three);
                  running.decrementAndGet();
                  return List.of(thing);
                });

    assertThat(most).hasValue(3);
  }

  @Test
  void handsOnWhatOneThrows() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                Parallel.of(2)
                    .map(
                        List.of(1),
                        _ -> {
                          throw new IllegalStateException("odd");
                        }))
        .withMessage("odd");
  }

  @Test
  void endsWhatIsUnderWayWhenTheCallerIsInterrupted() {
    var begun = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    Thread caller =
        Thread.ofVirtual()
            .start(
                () ->
                    assertThatIllegalStateException()
                        .isThrownBy(
                            () ->
                                Parallel.of(2)
                                    .map(
                                        List.of(1, 2),
                                        _ -> {
                                          begun.countDown();
                                          await(never);
                                          return List.of();
                                        }))
                        .withMessage("interrupted"));
    await(begun);
    caller.interrupt();

    Waiting.until("its end", SOON, () -> !caller.isAlive());
  }

  private static void meet(CyclicBarrier others) {
    try {
      int _ = others.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
