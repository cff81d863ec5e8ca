package io.github.maintainkubeusers.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.RawHttp;
import io.github.maintainkubeusers.testing.Waiting;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which connections end, and which give way. */
class OpenConnectionsTest {
  private static final int CONNECTIONS = 20;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String ASK = BoundedHttpServerTest.get("/x");

  private final BoundedHttpServer server = start(Duration.ofMinutes(1));

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void endsConnectionsThatTakeTooLongForARequest() {
    try (RawHttp asking = connect();
        RawHttp silent = connect();
        RawHttp slow = connect()) {
      assertThat(asking.send(ASK).read().status()).isEqualTo(200);
      Waiting.until(
          "those that have not asked are ended",
          SOON,
          () -> {
            dribble(slow);
            return silent.isEnded() && slow.isEnded();
          });

      assertThat(asking.send(ASK).read().status()).as("idle meanwhile").isEqualTo(200);
      assertThat(asking.send("GET /x HT").ends()).as("slow now").isTrue();
    }
  }

  @Test
  void endsConnectionsThatAreIdleForTooLong() {
    try (BoundedHttpServer impatient = start(Duration.ofMillis(100));
        RawHttp client = RawHttp.connect(impatient.address())) {
      assertThat(client.send(ASK).read().status()).isEqualTo(200);
      assertThat(client.ends()).isTrue();
    }
  }

  @Test
  void letsThoseThatOnlyHoldConnectionsDisplaceNobodyWhomItHasAnswered() {
    var held = new ArrayList<RawHttp>();
    try (RawHttp known = connect()) {
      assertThat(known.send(ASK).read().status()).isEqualTo(200);
      for (int i = 0; i < 3 * CONNECTIONS; i++) {
        held.add(connect());
      }
      assertThat(held.getFirst().ends()).isTrue();
      try (RawHttp newer = connect()) {
        assertThat(newer.send(ASK).read().status()).isEqualTo(200);
      }
      assertThat(known.send(ASK).read().status()).isEqualTo(200);
    } finally {
      held.forEach(RawHttp::close);
    }
  }

  /** Whoever has asked once on each connection that there may be still keeps no new client out. */
  @Test
  void leavesNewClientsHalfOfAllConnections() {
    var known = new ArrayList<RawHttp>();
    var held = new ArrayList<RawHttp>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        known.add(connect());
        assertThat(known.getLast().send(ASK).read().status()).isEqualTo(200);
      }
      try (RawHttp slow = connect()) {
        for (int i = 0; i < CONNECTIONS / 2 - 1; i++) {
          held.add(connect());
        }
        // The server takes connections in their order: when the last is answered, all were taken.
        assertThat(held.removeLast().send(ASK).read().status()).isEqualTo(200);
        assertThat(slow.send(ASK).read().status()).isEqualTo(200);
      }
      assertThat(known.getFirst().ends()).as("asked longest ago").isTrue();
      assertThat(known.getLast().send(ASK).read().status()).isEqualTo(200);
    } finally {
      known.forEach(RawHttp::close);
      held.forEach(RawHttp::close);
    }
  }

  @Test
  void endsAllConnectionsWhenItEnds() {
    try (RawHttp known = connect();
        RawHttp silent = connect()) {
      assertThat(known.send(ASK).read().status()).isEqualTo(200);
      server.close();
      assertThat(List.of(known.ends(), silent.ends())).containsExactly(true, true);
    }
  }

  private static void dribble(RawHttp client) {
    try {
      RawHttp _ = client.send("G");
    } catch (UncheckedIOException _) {
      // it was ended
    }
  }

  private RawHttp connect() {
    return RawHttp.connect(server.address());
  }

  private static BoundedHttpServer start(Duration idle) {
    return BoundedHttpServerTest.start(new HttpLimits(CONNECTIONS, 1000, idle));
  }
}
