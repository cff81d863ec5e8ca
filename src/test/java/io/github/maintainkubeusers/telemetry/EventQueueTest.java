package io.github.maintainkubeusers.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.cluster.ClusterEvent;
import io.github.maintainkubeusers.cluster.EventWriter;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.testing.Waiting;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventQueueTest {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final List<ClusterEvent> written = new CopyOnWriteArrayList<>();

  @Test
  void writesWhatItIsGivenInItsOrderAtABoundedRate() {
    long start = System.nanoTime();
    try (EventQueue queue = EventQueue.start(written::add, registry)) {
      List<ClusterEvent> events = List.of(event("a"), event("b"), event("c"));
      events.forEach(queue);
      Waiting.until("all are written", Duration.ofSeconds(10), () -> written.size() == 3);
      assertThat(written).isEqualTo(events);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }
  }

  @Test
  void goesOnWhenOneCannotBeWritten() {
    EventWriter writer =
        event -> {
          if (event.name().equals("bad")) {
            throw new ClusterException(ClusterException.Reason.FORBIDDEN, "could not write it");
          }
          written.add(event);
        };
    try (EventQueue queue = EventQueue.start(writer, registry)) {
      queue.accept(event("bad"));
      queue.accept(event("good"));
      Waiting.until("the good one is written", Duration.ofSeconds(10), () -> written.size() == 1);
    }
    assertThat(count("failed")).isEqualTo(1);
    assertThat(count("written")).isEqualTo(1);
  }

  @Test
  void neverMakesAnybodyWaitAndDropsWhatIsTooMuch() {
    var never = new CountDownLatch(1);
    try (EventQueue queue = EventQueue.start(_ -> await(never), registry)) {
      for (int i = 0; i < 5000; i++) {
        queue.accept(event("many"));
      }
      assertThat(count("dropped")).isBetween(3999.0, 4000.0);
    }
  }

  @Test
  void writesWhatWaitsBeforeItEnds() {
    EventQueue queue = EventQueue.start(written::add, registry);
    for (int i = 0; i < 50; i++) {
      queue.accept(event("last"));
    }
    queue.close();
    assertThat(written).hasSize(50);
    queue.accept(event("late"));
    assertThat(count("dropped")).isEqualTo(1);
  }

  private double count(String result) {
    return registry.scrape().stream()
        .filter(CounterSnapshot.class::isInstance)
        .flatMap(snapshot -> ((CounterSnapshot) snapshot).getDataPoints().stream())
        .filter(point -> result.equals(point.getLabels().get("result")))
        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
        .sum();
  }

  private static ClusterEvent event(String name) {
    return new ClusterEvent(
        Optional.empty(),
        name,
        false,
        "Reason",
        "text",
        1,
        TestingTelemetry.NOW,
        TestingTelemetry.NOW);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
