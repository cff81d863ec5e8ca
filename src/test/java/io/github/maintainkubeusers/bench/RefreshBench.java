package io.github.maintainkubeusers.bench;

import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A user who throws the credentials away and waits for new ones, beside a bare certificate. */
final class RefreshBench {
  private static final int WARM_UP = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Site site;
  private final int number;
  private final int times;

  /**
   * @param number of a tool that is provisioned
   */
  RefreshBench(Site site, int number, int times) {
    this.site = site;
    this.number = number;
    this.times = times;
  }

  List<Row> run() throws IOException {
    Progress.say("Refreshing one account " + times + " times");
    var ours = new ArrayList<Double>();
    var bare = new ArrayList<Double>();
    try (var signer = new Signer(site.likeProgram());
        ProgramRun run = site.world().start("--interval=3600")) {
      new PassLog(run).await(1, PATIENCE);
      for (int i = 0; i < WARM_UP + times; i++) {
        double reference = bare(signer);
        double figure = refresh();
        if (i >= WARM_UP) {
          bare.add(reference);
          ours.add(figure);
        }
      }
    }
    var refreshed = new Sample(ours);
    var signed = new Sample(bare);
    String what =
        "refresh: deleted ConfigMap to new kubeconfig on disk, beside a bare certificate, ";
    return List.of(
        Row.beside(what + "p50", "ms", refreshed, signed, new Goal.AtMostAbove(100)),
        Row.beside(
            what + "p99",
            "ms",
            Sample.of(refreshed.percentile(99)),
            signed,
            new Goal.AtMostAbove(500)));
  }

  private double refresh() throws IOException {
    Path kubeconfig = site.home(number).resolve(".kube/config");
    Files.delete(kubeconfig);
    long start = System.nanoTime();
    site.api().delete(Site.marker(number));
    while (!Files.exists(kubeconfig)) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException("there came no new kubeconfig");
      }
    }
    double milliseconds = (System.nanoTime() - start) / 1e6;
    Waiting.until("the record", PATIENCE, () -> site.api().exists(Site.marker(number)));
    return milliseconds;
  }

  /** What API server and signer alone take: created, approved, signed. In milliseconds. */
  static double bare(Signer signer) {
    long start = System.nanoTime();
    String name = signer.sign();
    double milliseconds = (System.nanoTime() - start) / 1e6;
    signer.delete(name);
    return milliseconds;
  }
}
