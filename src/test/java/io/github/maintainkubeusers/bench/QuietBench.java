package io.github.maintainkubeusers.bench;

import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.ProgramRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Passes of a running program that find nothing to do, and what it holds in memory. */
final class QuietBench {
  private static final int WARM_UP = 20;

  /** With those before, as many as there are in an hour by default, here in a minute. */
  private static final int PASSES = 40;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Site site;
  private final int accounts;

  QuietBench(Site site, int accounts) {
    this.site = site;
    this.accounts = accounts;
  }

  record Figures(
      double cpu,
      Sample wall,
      Sample bare,
      long calls,
      double startMiB,
      double endMiB,
      double peakMiB) {}

  List<Row> run() {
    Figures quiet = measure();
    String what = "quiet pass, " + accounts + " accounts: ";
    return List.of(
        Row.alone(
            what + "calls of the API server",
            "",
            Sample.of((double) quiet.calls()),
            new Goal.AtMost(0)),
        Row.alone(what + "CPU", "s", Sample.of(quiet.cpu()), cpuGoal()),
        Row.beside(
            what + "wall, beside one plain LDAP read",
            "s",
            quiet.wall(),
            quiet.bare(),
            new Goal.AtMostTimes(2)),
        Row.alone(
            "resident after the first pass, " + accounts + " accounts",
            "MiB",
            Sample.of(quiet.startMiB()),
            new Goal.AtMost(256)),
        Row.alone(
            "resident after "
                + (WARM_UP + PASSES)
                + " passes, an hour's by default, "
                + accounts
                + " accounts",
            "MiB",
            Sample.of(quiet.endMiB()),
            new Goal.AtMost(256)),
        Row.alone(
            "most that was resident, " + accounts + " accounts",
            "MiB",
            Sample.of(quiet.peakMiB()),
            new Goal.AtMost(256)));
  }

  /** 50 microseconds of CPU an account up to 2,000, then 40. */
  private Goal cpuGoal() {
    return new Goal.AtMost(accounts <= 2000 ? 0.1 : 0.4 * accounts / 10_000);
  }

  private Figures measure() {
    Progress.say("Quiet passes over " + accounts + " accounts");
    try (ProgramRun run = site.world().start("--interval=1")) {
      var log = new PassLog(run);
      log.await(1, PATIENCE);
      double start = ProcessFigures.of(run.pid()).residentMiB();
      log.await(WARM_UP, PATIENCE);
      AuditLog audit = site.plane().auditLog();
      ProcessFigures before = ProcessFigures.of(run.pid());
      int from = log.passes().size();
      Sample bare = bareReads(log);
      ProcessFigures after = ProcessFigures.of(run.pid());
      List<PassLog.Pass> passes = log.passes();
      requireQuiet(passes);
      List<PassLog.Pass> measured = passes.subList(from, passes.size());
      return new Figures(
          (after.cpuSeconds() - before.cpuSeconds()) / measured.size(),
          new Sample(measured.stream().map(PassLog.Pass::seconds).toList()),
          bare,
          calls(audit),
          start,
          after.residentMiB(),
          after.peakMiB());
    }
  }

  private void requireQuiet(List<PassLog.Pass> passes) {
    for (PassLog.Pass pass : passes) {
      if (pass.unchanged() != accounts) {
        throw new IllegalStateException("a pass was not quiet: " + pass);
      }
    }
  }

  /** A watch ends every ten minutes and is resumed, whether there are passes or not. */
  private static long calls(AuditLog audit) {
    return audit
        .calls(call -> call.user().endsWith(":maintain-kubeusers") && !call.verb().equals("watch"))
        .size();
  }

  /**
   * The program's passes and these take turns, so that both find the processor as cold or as busy.
   */
  private Sample bareReads(PassLog log) {
    var directory = new BareDirectory(site.ldap());
    int begun = log.passes().size();
    var figures = new ArrayList<Double>();
    for (int i = 1; i <= PASSES; i++) {
      log.await(begun + i, PATIENCE);
      figures.add(directory.read(accounts - Site.ADMINS));
    }
    return new Sample(figures);
  }
}
