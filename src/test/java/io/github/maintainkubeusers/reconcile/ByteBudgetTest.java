package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {
  private static final int BUDGET = 100;

  private final ByteBudget budget = new ByteBudget(BUDGET);
  private final AtomicInteger spent = new AtomicInteger();

  @Test
  void neverSpendsMoreAtOnceAndLetsALargerFileBeWorkedOnAlone() throws Exception {
    var most = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int bytes = i % 7 == 0 ? 5 * BUDGET : 1 + i % 60;
        results.add(
            threads.submit(
                () ->
                    budget.spend(
                        bytes,
                        () -> {
                          int share = Math.min(bytes, BUDGET);
                          most.accumulateAndGet(spent.addAndGet(share), Math::max);
                          Waiting.pause(
                              Duration.ofMillis(1)); // so that others come while it is spent
                          spent.addAndGet(-share);
                          return bytes;
                        })));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isPositive();
      }
    }
    assertThat(most.get()).isBetween(1, BUDGET);
  }

  @Test
  void givesBackWhatFailedWorkHad() {
    for (int i = 0; i < 3; i++) {
      try {
        Object _ =
            budget.spend(
                BUDGET,
                () -> {
                  throw new IllegalStateException("cannot be parsed");
                });
      } catch (IllegalStateException _) {
        // as expected
      }
    }
    assertThat(budget.spend(BUDGET, () -> "done")).isEqualTo("done");
  }
}
