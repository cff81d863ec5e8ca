package io.github.maintainkubeusers.bench;

import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * The program over a longer time, with accounts that come, go and want new credentials: does
 * anything grow?
 */
final class SoakBench {
  private static final int BEGINNING = 100;
  private static final int SAMPLES = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /**
   * Of each figure, between the second and the last quarter of the time: what is more than noise.
   */
  private static final double MEMORY_GROWTH = 1.1;

  private static final double COUNT_GROWTH = 1.25;

  private final Site site;
  private final Duration time;
  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
  private int accounts;
  private int refreshes;
  private int locks;

  SoakBench(Site site, Duration time) {
    this.site = site;
    this.time = time;
  }

  private record Moment(Duration at, ProcessFigures figures) {}

  List<Row> run() {
    site.world()
        .writeConfig(
            "removal: {budgetAccounts: 1000}\n"
                + "credentials: {gracePeriod: 10s, refreshBurst: 1000, refreshInterval: 1s}");
    site.addTools(0, BEGINNING);
    accounts = BEGINNING;
    var moments = new ArrayList<Moment>();
    try (ProgramRun run = site.world().start("--interval=2")) {
      new PassLog(run).await(1, PATIENCE);
      Instant start = now();
      while (Duration.between(start, now()).compareTo(time) < 0) {
        churn();
        Duration since = Duration.between(start, now());
        if (since.compareTo(time.dividedBy(SAMPLES).multipliedBy(moments.size())) >= 0) {
          moments.add(new Moment(since, ProcessFigures.of(run.pid())));
          tell(moments.getLast());
        }
        Waiting.until("a moment has passed", PAUSE.multipliedBy(10), elapsed(PAUSE));
      }
      requireWell(run);
    }
    return rows(moments);
  }

  /**
   * In each second or so: a new account, one that throws its credentials away, one disabled or
   * enabled again.
   */
  private void churn() {
    site.addTool(accounts++);
    int refreshed = random.nextInt(BEGINNING / 2);
    String marker = Site.marker(refreshed);
    if (site.api().exists(marker)) {
      site.api().delete(marker);
      refreshes++;
    }
    int number = BEGINNING / 2 + (locks / 2) % (BEGINNING / 2);
    if (locks++ % 2 == 0) {
      site.lockTool(number);
    } else {
      site.unlockTool(number);
    }
  }

  /** Everybody who is to have credentials has them, and nobody failed in the end. */
  private void requireWell(ProgramRun run) {
    var log = new PassLog(run);
    log.await(log.passes().size() + 2, PATIENCE);
    Waiting.until(
        "a pass without failures\n" + run.output(),
        PATIENCE,
        () -> log.passes().getLast().failed() == 0 && log.passes().getLast().done() == 0);
  }

  private List<Row> rows(List<Moment> moments) {
    String churn =
        "%d new accounts, %d refreshes, %d locks and unlocks"
            .formatted(accounts - BEGINNING, refreshes, locks);
    return List.of(
        row("resident, " + churn, "MiB", moments, ProcessFigures::residentMiB, MEMORY_GROWTH),
        row("file descriptors", "", moments, ProcessFigures::descriptors, COUNT_GROWTH),
        row("threads", "", moments, ProcessFigures::threads, COUNT_GROWTH));
  }

  /** The last quarter of the time beside the second: in the first one, the JVM warms up. */
  private Row row(
      String what,
      String unit,
      List<Moment> moments,
      ToDoubleFunction<ProcessFigures> figure,
      double growth) {
    return Row.beside(
        "soak of " + time.toMinutes() + " min, last quarter beside the second: " + what,
        unit,
        quarter(moments, 4, figure),
        quarter(moments, 2, figure),
        new Goal.AtMostTimes(growth));
  }

  private static Sample quarter(
      List<Moment> moments, int number, ToDoubleFunction<ProcessFigures> figure) {
    int size = moments.size();
    return new Sample(
        moments.subList(size * (number - 1) / 4, size * number / 4).stream()
            .map(moment -> figure.applyAsDouble(moment.figures()))
            .toList());
  }

  private void tell(Moment moment) {
    ProcessFigures figures = moment.figures();
    Progress.say(
        String.format(
            Locale.ROOT,
            "%4d s: %.0f MiB resident, %d file descriptors, %d threads, %.0f s of CPU; %d accounts",
            moment.at().toSeconds(),
            figures.residentMiB(),
            figures.descriptors(),
            figures.threads(),
            figures.cpuSeconds(),
            accounts));
  }

  private static java.util.function.BooleanSupplier elapsed(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return () -> System.nanoTime() - end > 0;
  }

  private static Instant now() {
    return InstantSource.system().instant();
  }
}
