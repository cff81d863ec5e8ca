package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quartz.SimpleScheduleBuilder.simpleSchedule;

import io.github.maintainkubeusers.testing.Waiting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.matchers.GroupMatcher;

class ScheduleTest {
  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void runsAtOnceAndThenEverySoOften() {
    try (var _ = Schedule.start("pass", INTERVAL, runs::incrementAndGet)) {
      Waiting.until("some runs", SOON, () -> runs.get() >= 3);
    }
  }

  @Test
  void runsOutOfTurn() {
    try (var schedule = Schedule.start("pass", Duration.ofHours(1), runs::incrementAndGet)) {
      Waiting.until("the first run", SOON, () -> runs.get() == 1);
      schedule.now();
      Waiting.until("another run", SOON, () -> runs.get() == 2);
    }
  }

  /**
   * What the system's clock leaves when it was a day ahead for a moment: the next run lies a day
   * ahead.
   */
  @Test
  void goesOnWhenTheClockWasSetBack() throws SchedulerException {
    try (var _ = Schedule.start("pass", INTERVAL, runs::incrementAndGet)) {
      Waiting.until("the first run", SOON, () -> runs.get() >= 1);
      Scheduler scheduler = SchedulerRepository.getInstance().lookup("pass");
      var only = scheduler.getTriggerKeys(GroupMatcher.anyGroup()).iterator().next();
      Trigger tomorrow =
          TriggerBuilder.newTrigger()
              .withIdentity(only)
              .forJob(scheduler.getTrigger(only).getJobKey())
              .startAt(Date.from(InstantSource.system().instant().plus(Duration.ofDays(1))))
              .withSchedule(
                  simpleSchedule().withIntervalInMilliseconds(INTERVAL.toMillis()).repeatForever())
              .build();
      assertThat(scheduler.rescheduleJob(only, tomorrow)).isInTheFuture();
      int before = runs.get();

      Waiting.until("runs go on", SOON, () -> runs.get() >= before + 3);
    }
  }
}
