package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.cluster.ClusterEvent;
import io.github.maintainkubeusers.cluster.EventWriter;
import io.github.maintainkubeusers.kube.ClusterException;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events one after the other, at a bounded rate and apart from those who make them: an event
 * that cannot be written, or is one too many, costs nobody anything.
 */
final class EventQueue implements Consumer<ClusterEvent>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);
  private static final int CAPACITY = 1000;
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final EventWriter writer;
  private final BlockingQueue<ClusterEvent> waiting = new LinkedBlockingQueue<>(CAPACITY);
  private final Counter counter;
  private final Thread thread;
  private volatile boolean ending;

  private EventQueue(EventWriter writer, PrometheusRegistry registry) {
    this.writer = requireNonNull(writer, "writer is null");
    this.counter = Metric.EVENTS.counter(registry);
    this.thread = Thread.ofVirtual().name("events").unstarted(this::run);
    for (Result result : Result.values()) {
      counter.initLabelValues(result.label);
    }
  }

  private enum Result {
    WRITTEN("written"),
    FAILED("failed"),
    DROPPED("dropped");

    private final String label;

    Result(String label) {
      this.label = label;
    }
  }

  static EventQueue start(EventWriter writer, PrometheusRegistry registry) {
    var queue = new EventQueue(writer, registry);
    queue.thread.start();
    return queue;
  }

  @Override
  public void accept(ClusterEvent event) {
    if (ending || !waiting.offer(event)) {
      count(Result.DROPPED);
    }
  }

  /** Writes what waits, for a moment, without the pauses. */
  @Override
  public void close() {
    ending = true;
    try {
      if (!thread.join(LAST_WORDS)) {
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!ending || !waiting.isEmpty()) {
        ClusterEvent next = waiting.poll(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null) {
          write(next);
          Thread.sleep(ending ? Duration.ZERO : PAUSE);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(ClusterEvent event) {
    try {
      writer.write(event);
      count(Result.WRITTEN);
    } catch (ClusterException e) {
      LOG.debug("An event is lost", e);
      count(Result.FAILED);
    }
  }

  private void count(Result result) {
    counter.labelValues(result.label).inc();
  }
}
