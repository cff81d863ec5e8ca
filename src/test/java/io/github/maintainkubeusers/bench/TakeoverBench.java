package io.github.maintainkubeusers.bench;

import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an end costs: a leader that is killed, whose work a standby takes up, and an idle controller
 * that is told to end.
 */
final class TakeoverBench {
  private static final int TIMES = 5;
  private static final String LEADS = "This process leads";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Site site;

  TakeoverBench(Site site) {
    this.site = site;
  }

  List<Row> run() {
    Progress.say("Leaders are killed, a standby takes over");
    site.world().writeConfig("leaderElection: {enabled: true}\ninterval: 60s");
    site.addTools(0, TIMES);
    var leading = new ArrayList<Double>();
    var answering = new ArrayList<Double>();
    var stopping = new ArrayList<Double>();
    for (int i = 0; i < TIMES; i++) {
      try (ProgramRun leader = site.world().startPod("leader-" + i)) {
        new PassLog(leader).await(1, PATIENCE);
        try (ProgramRun standby = site.world().startPod("standby-" + i)) {
          Waiting.until(
              "it stands by", PATIENCE, () -> standby.output().contains("Standing by: leader-"));
          byte[] before = site.certificate(i);
          leader.kill();
          long killed = System.nanoTime();
          site.api().delete(Site.marker(i));
          Waiting.until("it leads", PATIENCE, () -> standby.output().contains(LEADS));
          long led = System.nanoTime();
          int number = i;
          Waiting.until(
              "an answer", PATIENCE, () -> !Arrays.equals(before, site.certificate(number)));
          leading.add(seconds(killed, led));
          answering.add(seconds(led, System.nanoTime()));
          Waiting.until("the record", PATIENCE, () -> site.api().exists(Site.marker(number)));
          new PassLog(standby).await(1, PATIENCE);
          long told = System.nanoTime();
          standby.terminate();
          Waiting.until("its end", PATIENCE, () -> !standby.isAlive());
          stopping.add(seconds(told, System.nanoTime()));
        }
      }
    }
    return List.of(
        Row.alone(
            "takeover: killed leader to a warm standby that leads, lease of 10 s",
            "s",
            new Sample(leading),
            new Goal.AtMost(12)),
        Row.alone(
            "takeover: from then until a ConfigMap deleted meanwhile is answered",
            "s",
            new Sample(answering),
            new Goal.AtMost(1)),
        Row.alone(
            "stop: idle leader told to end, to the end of its process",
            "s",
            new Sample(stopping),
            new Goal.AtMost(1)));
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }
}
