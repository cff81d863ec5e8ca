package io.github.maintainkubeusers.app;

import static org.quartz.SimpleScheduleBuilder.simpleSchedule;

import java.time.Duration;
import java.util.Properties;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.spi.JobFactory;

/** Runs a task now and then every so often, never two at once; one that comes due meanwhile is left out. */
final class Schedule implements AutoCloseable {
    private static final JobKey PASS = JobKey.jobKey("pass");

    private final Scheduler scheduler;

    private Schedule(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    static Schedule start(Duration interval, Runnable task) {
        try {
            Scheduler scheduler = new StdSchedulerFactory(properties()).getScheduler();
            JobFactory factory = (_, _) -> new Task(task);
            scheduler.setJobFactory(factory);
            scheduler.scheduleJob(JobBuilder.newJob(Task.class).withIdentity(PASS).build(),
                    TriggerBuilder.newTrigger().startNow().withSchedule(simpleSchedule()
                            .withIntervalInMilliseconds(interval.toMillis()).repeatForever()
                            .withMisfireHandlingInstructionNextWithRemainingCount()).build());
            scheduler.start();
            return new Schedule(scheduler);
        } catch (SchedulerException e) {
            throw new IllegalStateException("could not start the schedule: " + e.getMessage(), e);
        }
    }

    /** Runs the task out of turn, after the one that runs now. */
    void now() {
        try {
            scheduler.triggerJob(PASS);
        } catch (SchedulerException e) {
            throw new IllegalStateException("could not run out of turn: " + e.getMessage(), e);
        }
    }

    /** Starts nothing more; what runs goes on. */
    @Override
    public void close() {
        try {
            scheduler.shutdown(false);
        } catch (SchedulerException e) {
            throw new IllegalStateException("could not end the schedule: " + e.getMessage(), e);
        }
    }

    private static Properties properties() {
        var properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "maintain-kubeusers");
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
