package io.github.maintainkubeusers.bench;

import io.github.maintainkubeusers.testing.ManyServers;
import io.github.maintainkubeusers.testing.ProgramRun;
import java.util.List;
import java.util.function.Supplier;

/** What an operator waits for at a terminal, beside the program's start alone. */
final class CommandsBench {
  private static final int TIMES = 5;

  private final Site site;
  private final int accounts;

  CommandsBench(Site site, int accounts) {
    this.site = site;
    this.accounts = accounts;
  }

  List<Row> run() {
    Progress.say("Commands among " + accounts + " accounts");
    Sample start = Sample.measured(TIMES, () -> seconds("--version"));
    Sample explain = Sample.measured(TIMES, () -> seconds("explain", Site.name(0)));
    Sample status = Sample.measured(TIMES, () -> seconds("status", Site.name(0)));
    Sample check;
    try (ManyServers servers = ManyServers.open(site.world())) {
      check = Sample.measured(TIMES, () -> seconds(servers::check));
    }
    return List.of(
        beside("explain: a tool among " + accounts, explain, start, new Goal.AtMost(1)),
        beside("status: a tool among " + accounts, status, start, new Goal.None()),
        beside(
            "certificates check: "
                + accounts
                + " accounts, "
                + ManyServers.API_SERVERS
                + " API servers, "
                + ManyServers.KUBELETS
                + " kubelets, "
                + ManyServers.WEBHOOKS
                + " webhooks",
            check,
            start,
            new Goal.AtMost(2)));
  }

  private static Row beside(String what, Sample figure, Sample start, Goal goal) {
    return Row.beside(what + "; beside the program's start alone", "s", figure, start, goal);
  }

  private double seconds(String... arguments) {
    return seconds(() -> site.world().run(arguments));
  }

  private static double seconds(Supplier<ProgramRun> command) {
    long begun = System.nanoTime();
    ProgramRun run = command.get();
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (run.status() != 0) {
      throw new IllegalStateException(
          "the command ended with " + run.status() + ": " + run.output());
    }
    return seconds;
  }
}
