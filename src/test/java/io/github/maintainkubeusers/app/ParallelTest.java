package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.maintainkubeusers.testing.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void keepsTheOrder() {
    List<Integer> things = IntStream.range(0, 100).boxed().toList();

    assertThat(Parallel.map(things, List::of)).isEqualTo(things);
  }

  @Test
  void handsOnWhatOneThrows() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                Parallel.map(
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
                                Parallel.map(
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

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
