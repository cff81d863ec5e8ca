package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WakeLimiterTest {
  private static final AccountId BUSY = AccountId.tool("busy");
  private static final AccountId CALM = AccountId.tool("calm");

  private final AtomicLong now =
      new AtomicLong(Long.MAX_VALUE - 1000); // about to run over, as nanoTime may
  private final WakeLimiter limiter = new WakeLimiter(now::get);

  @Test
  void letsSomeThroughAtOnceAndThenOneInEachInterval() {
    assertThat(IntStream.range(0, 20).mapToObj(_ -> limiter.take(BUSY)))
        .containsOnly(Duration.ZERO);
    assertThat(limiter.take(BUSY)).isEqualTo(Duration.ofSeconds(5));
    assertThat(limiter.take(CALM)).as("another account").isEqualTo(Duration.ZERO);

    now.addAndGet(Duration.ofSeconds(10).toNanos());

    assertThat(limiter.take(BUSY)).isEqualTo(Duration.ZERO);
    assertThat(limiter.take(BUSY)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void forgetsAccountsThatWereQuietForLong() {
    IntStream.range(0, 50).forEach(_ -> limiter.take(BUSY));

    now.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(limiter.take(BUSY)).isEqualTo(Duration.ZERO);
  }
}
