package io.github.maintainkubeusers.bench;

import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * New accounts in a second, beside a bare loader that takes turns with the program. Both have made
 * some before, so that their code is compiled. The program runs already when the accounts come, as
 * it does in life, and not while the loader does.
 */
final class OnboardBench {
  private static final int AT_ONCE = 32;
  private static final int DEFAULT_QPS = 20;
  private static final int FAST_QPS = 500;
  private static final int WARM_UP = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Site site;
  private final int accounts;
  private final int rounds;
  private int next;

  OnboardBench(Site site, int accounts, int rounds) {
    this.site = site;
    this.accounts = accounts;
    this.rounds = rounds;
  }

  /** One account, of which others are made, or which is refreshed. */
  void prepare() {
    site.world()
        .writeConfig(
            "cluster: {requestsPerSecond: 0, concurrency: "
                + AT_ONCE
                + "}\ncredentials: {refreshBurst: 1000, refreshInterval: 1s}");
    site.addTools(0, 1);
    PassLog.Pass _ = new PassLog(site.world().run("--once")).only(1 + Site.ADMINS, 0);
    next = 1;
  }

  List<Row> run() throws IOException {
    var rows = new ArrayList<Row>();
    for (int qps : new int[] {FAST_QPS, DEFAULT_QPS}) {
      site.plane().stopControllerManager();
      site.plane().startControllerManager(qps);
      rows.add(measure(qps));
    }
    return rows;
  }

  private Row measure(int qps) throws IOException {
    var ours = new ArrayList<Double>();
    var bare = new ArrayList<Double>();
    try (var signer = new Signer(site.likeProgram())) {
      var loader =
          new BareLoader(site.likeProgram(), signer, Template.of(site.api(), Site.name(0)));
      double _ = load(loader, WARM_UP);
      next += WARM_UP;
      for (int round = 1; round <= rounds; round++) {
        bare.add(accounts / load(loader, accounts));
        ours.add(accounts / provision());
        Progress.say(
            "signer at %d QPS, round %d: %.1f accounts/s, the bare loader %.1f"
                .formatted(qps, round, ours.getLast(), bare.getLast()));
      }
    }
    return Row.beside(
        "onboard: " + accounts + " accounts at once, signer at " + qps + " QPS",
        "accounts/s",
        new Sample(ours),
        new Sample(bare),
        new Goal.AtLeastTimes(0.8));
  }

  /** Those that the loader makes are in no directory: their numbers are the program's as well. */
  private double load(BareLoader loader, int count) throws IOException {
    return loader.load(next, next + count, AT_ONCE);
  }

  private double provision() {
    try (ProgramRun run = site.world().start("--interval=1")) {
      var log = new PassLog(run);
      log.await(1, PATIENCE);
      double _ = provision(WARM_UP, run, log);
      return provision(accounts, run, log);
    }
  }

  /**
   * The program stands still until all of them are in the directory.
   *
   * @return the seconds of the pass that they came with, or of both if it had begun before
   */
  private double provision(int count, ProgramRun run, PassLog log) {
    int first = next;
    next += count;
    run.pause();
    int before = log.passes().size();
    site.addTools(first, next);
    run.unpause();
    Waiting.until("their pass", PATIENCE, () -> done(log, before) == count);
    for (int number = first; number < next; number++) {
      requireProvisioned(number);
    }
    return passes(log, before).mapToDouble(PassLog.Pass::seconds).sum();
  }

  private static int done(PassLog log, int before) {
    return passes(log, before).mapToInt(PassLog.Pass::done).sum();
  }

  private static Stream<PassLog.Pass> passes(PassLog log, int before) {
    return log.passes().stream().skip(before).filter(pass -> pass.done() + pass.failed() > 0);
  }

  private void requireProvisioned(int number) {
    for (String file : List.of(".kube/config", ".toolskube/client.crt", ".toolskube/client.key")) {
      if (!Files.isRegularFile(site.home(number).resolve(file))) {
        throw new IllegalStateException(site.home(number) + " has no " + file);
      }
    }
  }
}
