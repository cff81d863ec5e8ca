package io.github.maintainkubeusers.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.LastingFault;
import io.github.maintainkubeusers.reconcile.ControllerEvent;
import io.github.maintainkubeusers.reconcile.Outcome;
import io.github.maintainkubeusers.reconcile.PassReport;
import io.github.maintainkubeusers.testing.InMemoryFaults;
import io.github.maintainkubeusers.testing.TestClock;
import io.github.maintainkubeusers.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultReporterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T03:50:14Z");
  private static final AccountId TOOL = AccountId.tool("full");
  private static final Outcome WELL = new Outcome.Unchanged();

  private final InMemoryFaults store = new InMemoryFaults();
  private final TestClock clock = new TestClock(NOW);
  private final FaultReporter reporter = new FaultReporter(store, clock);

  @AfterEach
  void close() {
    reporter.close();
  }

  @Test
  void readsOnceAndWritesNothingWhileNothingFails() {
    for (int pass = 1; pass <= 3; pass++) {
      reporter.onEvent(new ControllerEvent.PassStarted(pass));
      finished(Map.of(TOOL, WELL));
    }

    assertThat(store.reads()).isEqualTo(1);
    assertThat(store.writes()).isZero();
  }

  @Test
  void writesWhenAFaultBeginsIsPutOffAndEnds() {
    finished(Map.of(TOOL, failed("disk full after 3 tries", Optional.empty())));
    assertThat(store.all()).containsEntry(TOOL, fault(NOW, Optional.empty(), 3));

    clock.advance(Duration.ofMinutes(1));
    finished(Map.of(TOOL, failed("disk full after 4 tries", Optional.empty())));
    assertThat(store.writes()).as("it is the same fault").isEqualTo(1);

    Instant next = NOW.plusSeconds(300);
    finished(Map.of(TOOL, failed("disk full after 5 tries", Optional.of(next))));
    assertThat(store.all()).containsEntry(TOOL, fault(NOW, Optional.of(next), 3));

    finished(Map.of(TOOL, WELL));
    assertThat(store.all()).isEmpty();
    assertThat(store.writes()).isEqualTo(3);
  }

  @Test
  void anotherCauseIsAnotherFault() {
    finished(Map.of(TOOL, failed("disk full", Optional.empty())));
    clock.advance(Duration.ofMinutes(1));
    finished(Map.of(TOOL, failed("read-only", Optional.empty())));

    assertThat(store.all().get(TOOL))
        .isEqualTo(new LastingFault(NOW.plusSeconds(60), Optional.empty(), "read-only"));
  }

  /** Another process may lead now, or this one was started anew. */
  @Test
  void goesOnFromWhatTheFormerLeaderWrote() {
    AccountId recovered = AccountId.admin("alice");
    store.write(
        Map.of(
            TOOL,
            Optional.of(fault(NOW, Optional.empty(), 1)),
            recovered,
            Optional.of(fault(NOW, Optional.empty(), 1))));
    clock.advance(Duration.ofHours(1));

    finished(Map.of(TOOL, failed("disk full after 9 tries", Optional.empty()), recovered, WELL));

    assertThat(store.all()).isEqualTo(Map.of(TOOL, fault(NOW, Optional.empty(), 1)));
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenAfterTheNextPass() {
    finished(Map.of());
    store.fail(true);
    finished(Map.of(TOOL, failed("disk full", Optional.empty())));
    assertThat(store.all()).isEmpty();
    store.fail(false);

    finished(Map.of(TOOL, failed("disk full", Optional.empty())));

    assertThat(store.all()).containsOnlyKeys(TOOL);
  }

  @Test
  void whatIsWrittenIsBounded() {
    var outcomes = new HashMap<AccountId, Outcome>();
    for (int i = 0; i < 2000; i++) {
      outcomes.put(AccountId.tool("tool-" + i), failed("x".repeat(5000), Optional.empty()));
    }

    finished(outcomes);

    assertThat(store.all()).hasSize(500);
    assertThat(store.all().toString().length()).isLessThan(500_000);
  }

  private void finished(Map<AccountId, Outcome> outcomes) {
    reporter.onEvent(
        new ControllerEvent.PassFinished(new PassReport(outcomes, List.of(), Duration.ZERO)));
    Waiting.until("the report", Duration.ofSeconds(10), reporter::isIdle);
  }

  private static Outcome failed(String message, Optional<Instant> next) {
    return new Outcome.Failed(message, next);
  }

  private static LastingFault fault(Instant since, Optional<Instant> next, int tries) {
    return new LastingFault(since, next, "disk full after " + tries + " tries");
  }
}
