package io.github.maintainkubeusers.telemetry;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.cluster.ClusterEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Says the same thing again only now and then, so that it stays to be seen as long as it lasts: the
 * API server forgets events after an hour.
 */
final class EventDeduplicator {
  private static final Duration AGAIN = Duration.ofMinutes(30);
  private static final Duration FORGOTTEN = Duration.ofHours(1);

  private final Consumer<ClusterEvent> sink;
  private final InstantSource clock;
  private final Map<Key, ClusterEvent> said = new ConcurrentHashMap<>();

  private record Key(EventKind kind, Optional<AccountId> tool) {}

  EventDeduplicator(Consumer<ClusterEvent> sink, InstantSource clock) {
    this.sink = requireNonNull(sink, "sink is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * @param tool in whose namespace it is said; empty for the controller's own
   */
  void say(EventKind kind, Optional<AccountId> tool, String message) {
    said.compute(
        new Key(kind, tool),
        (_, before) -> {
          Instant now = clock.instant();
          if (before != null
              && before.message().equals(message)
              && now.isBefore(before.last().plus(AGAIN))) {
            return before;
          }
          boolean fresh = before == null || now.isAfter(before.last().plus(FORGOTTEN));
          var event =
              new ClusterEvent(
                  tool,
                  kind.objectName(),
                  kind.isWarning(),
                  kind.reason(),
                  message,
                  fresh ? 1 : before.count() + 1,
                  fresh ? now : before.first(),
                  now);
          sink.accept(event);
          return event;
        });
  }

  void forgetOld() {
    Instant now = clock.instant();
    said.values().removeIf(event -> now.isAfter(event.last().plus(FORGOTTEN)));
  }
}
