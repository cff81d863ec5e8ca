package io.github.maintainkubeusers.bench;

import java.util.List;

/** From nothing to the end of the first pass, and of the program. */
final class StartBench {
  private static final int TIMES = 5;
  private static final int TIMES_WITH_MANY = 3;
  private static final int MANY = 5000;

  private final Site site;
  private final int accounts;

  StartBench(Site site, int accounts) {
    this.site = site;
    this.accounts = accounts;
  }

  List<Row> run() {
    Progress.say("Starts with " + accounts + " accounts");
    var directory = new BareDirectory(site.ldap());
    var lists = new BareLists(site.likeProgram());
    int times = accounts < MANY ? TIMES : TIMES_WITH_MANY;
    Sample bare =
        Sample.measured(times, () -> directory.read(accounts - Site.ADMINS) + lists.read());
    Sample ours = Sample.measured(times, this::start);
    return List.of(
        Row.beside(
            "start to end of first pass, "
                + accounts
                + " accounts, nothing to do; beside reading the same once",
            "s",
            ours,
            bare,
            new Goal.AtMost(accounts <= 2000 ? 3 : 3.0 * accounts / 2000)));
  }

  private double start() {
    long start = System.nanoTime();
    var run = site.world().run("--once");
    double seconds = (System.nanoTime() - start) / 1e9;
    PassLog.Pass _ = new PassLog(run).only(0, accounts);
    return seconds;
  }
}
