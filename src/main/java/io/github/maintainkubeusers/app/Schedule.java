package io.github.maintainkubeusers.app;

import static org.quartz.SimpleScheduleBuilder.simpleSchedule;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.spi.JobFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task now and then every so often, never two at once; one that comes due meanwhile is left
 * out. Quartz goes by the system's clock: when that was set back, the next time would lie far
 * ahead. A look by a clock that is never set sees that nothing has run for two intervals, and
 * begins the schedule anew.
 */
final class Schedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
  private static final JobKey TASK = JobKey.jobKey("task");
  private static final TriggerKey EVERY_SO_OFTEN = TriggerKey.triggerKey("interval");
  private static final Duration TOLERATED = Duration.ofSeconds(1);

  private final String name;
  private final Scheduler scheduler;
  private final Duration interval;
  private final Runnable task;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("schedule-watch").factory());
  private volatile boolean running;
  private volatile long lastRun = System.nanoTime();

  private Schedule(String name, Scheduler scheduler, Duration interval, Runnable task) {
    this.name = name;
    this.scheduler = scheduler;
    this.interval = interval;
    this.task = task;
  }

  /**
   * Starts a schedule.
   *
   * @param name of the task, which no other schedule of this process has
   */
  static Schedule start(String name, Duration interval, Runnable task) {
    try {
      var schedule =
          new Schedule(
              name, new StdSchedulerFactory(properties(name)).getScheduler(), interval, task);
      schedule.begin();
      return schedule;
    } catch (SchedulerException e) {
      throw new IllegalStateException("could not start the schedule: " + e.getMessage(), e);
    }
  }

  private void begin() throws SchedulerException {
    JobFactory factory = (_, _) -> new Task(this::run);
    scheduler.setJobFactory(factory);
    scheduler.scheduleJob(JobBuilder.newJob(Task.class).withIdentity(TASK).build(), trigger());
    scheduler.start();
    Future<?> _ =
        watch.scheduleWithFixedDelay(
            this::checkForSilence, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Trigger trigger() {
    return TriggerBuilder.newTrigger()
        .withIdentity(EVERY_SO_OFTEN)
        .forJob(TASK)
        .startNow()
        .withSchedule(
            simpleSchedule()
                .withIntervalInMilliseconds(interval.toMillis())
                .repeatForever()
                .withMisfireHandlingInstructionNextWithRemainingCount())
        .build();
  }

  private void run() {
    running = true;
    try {
      task.run();
    } finally {
      lastRun = System.nanoTime();
      running = false;
    }
  }

  private void checkForSilence() {
    Duration idle = Duration.ofNanos(System.nanoTime() - lastRun);
    if (running || idle.compareTo(interval.multipliedBy(2).plus(TOLERATED)) <= 0) {
      return;
    }
    LOG.warn(
        "No {} has begun for {} s, probably because the system's clock was set back: one begins"
            + " now",
        name,
        idle.toSeconds());
    try {
      lastRun = System.nanoTime();
      Object _ = scheduler.rescheduleJob(EVERY_SO_OFTEN, trigger());
    } catch (SchedulerException e) {
      LOG.error("could not begin the schedule anew: {}", e.getMessage());
    }
  }

  /** Runs the task out of turn, after the one that runs now. */
  void now() {
    try {
      scheduler.triggerJob(TASK);
    } catch (SchedulerException e) {
      throw new IllegalStateException("could not run out of turn: " + e.getMessage(), e);
    }
  }

  /** Starts nothing more; what runs goes on. */
  @Override
  public void close() {
    watch.shutdownNow();
    try {
      scheduler.shutdown(false);
    } catch (SchedulerException e) {
      throw new IllegalStateException("could not end the schedule: " + e.getMessage(), e);
    }
  }

  private static Properties properties(String name) {
    var properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", name);
    properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.setProperty("org.quartz.threadPool.threadCount", "1");
    properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    return properties;
  }

  /** What Quartz runs. */
  @DisallowConcurrentExecution
  private record Task(Runnable task) implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      task.run();
    }
  }
}
