package io.github.maintainkubeusers.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.User;
import io.github.maintainkubeusers.testing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/**
 * Tools that write as much as the API server lets them, and ask for new credentials again and
 * again, while their neighbours refresh theirs: what the program holds in memory, and how long
 * neighbours wait beside how long they waited before.
 */
final class HostileBench {
  private static final int NEIGHBOURS = 40;

  /** With the one before the attack, as many as a tool may have at once. */
  private static final int ROUNDS = 2;

  private static final int ATTACKERS = 4;

  /** The API server refuses objects much larger than a MiB. */
  private static final int CONFIG_MAP_BYTES = 1_000_000;

  private static final int RULES = 6000;
  private static final int KUBECONFIG_BYTES = 250 << 10;
  private static final MediaType MERGE = MediaType.get("application/merge-patch+json");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Site site;
  private final int hostile;
  private final String filling = "x".repeat(CONFIG_MAP_BYTES);
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  /**
   * @param hostile how many tools do what they can
   */
  HostileBench(Site site, int hostile) {
    this.site = site;
    this.hostile = hostile;
  }

  List<Row> run() throws IOException {
    Progress.say("Provisioning " + hostile + " hostile tools and " + NEIGHBOURS + " neighbours");
    site.addTools(0, hostile + NEIGHBOURS);
    ProcessFigures running;
    Sample quiet;
    Sample beside;
    var bare = new ArrayList<Double>();
    try (var signer = new Signer(site.likeProgram());
        ProgramRun run = site.world().start("--interval=10")) {
      new PassLog(run).await(1, PATIENCE);
      quiet = refreshes(1, () -> {});
      Progress.say("The hostile tools write what they can");
      SideBySide.each(0, hostile, ATTACKERS, this::fill);
      List<Thread> attackers = attack();
      beside = refreshes(ROUNDS, () -> bare.add(RefreshBench.bare(signer)));
      end(attackers);
      running = ProcessFigures.of(run.pid());
    }
    Progress.say("Starting again beside all of it");
    ProcessFigures started;
    try (ProgramRun run = site.world().start("--interval=10")) {
      new PassLog(run).await(1, PATIENCE);
      started = ProcessFigures.of(run.pid());
    }
    String what =
        "%d tools at the limits, %d writes of a MB and %d requests meanwhile: "
            .formatted(hostile, writes.get(), requests.get());
    return List.of(
        Row.beside(
            what + "neighbours' refresh, beside before, p50",
            "ms",
            Sample.of(beside.percentile(50)),
            Sample.of(quiet.percentile(50)),
            new Goal.None()),
        Row.beside(
            what + "p99",
            "ms",
            Sample.of(beside.percentile(99)),
            Sample.of(quiet.percentile(99)),
            new Goal.AtMostAbove(1000)),
        Row.beside(
            what + "p99 beside that of a bare certificate meanwhile",
            "ms",
            Sample.of(beside.percentile(99)),
            Sample.of(new Sample(bare).percentile(99)),
            new Goal.AtMostAbove(1000)),
        Row.alone(
            what + "most that was resident",
            "MiB",
            Sample.of(running.peakMiB()),
            new Goal.AtMost(256)),
        Row.alone(
            "the same of a start beside all of it",
            "MiB",
            Sample.of(started.peakMiB()),
            new Goal.AtMost(256)));
  }

  /** A ConfigMap, a NetworkPolicy and a kubeconfig, each as large as it may be. */
  private void fill(int number) {
    grow(number);
    JsonObject _ =
        site.api()
            .post(
                "/apis/networking.k8s.io/v1/namespaces/tool-"
                    + Site.name(number)
                    + "/networkpolicies",
                policy());
    try {
      Path kubeconfig = site.home(number).resolve(".kube/config");
      var text = new StringBuilder(Files.readString(kubeconfig));
      for (int i = 0; text.length() < KUBECONFIG_BYTES; i++) {
        text.append("# ").append(i).append(" more of my own\n");
      }
      Path draft = Files.write(kubeconfig.resolveSibling("draft"), text.toString().getBytes(UTF_8));
      if (User.isRoot()) {
        Path _ = Files.setAttribute(draft, "unix:uid", Site.uid(number));
        Path _ = Files.setAttribute(draft, "unix:gid", Site.uid(number));
      }
      Path _ = Files.move(draft, kubeconfig, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void grow(int number) {
    attempt(
        () ->
            site.api()
                .call(
                    "PATCH",
                    Site.marker(number),
                    RequestBody.create("{\"data\": {\"filling\": \"" + filling + "\"}}", MERGE)));
    writes.incrementAndGet();
  }

  private static JsonObject policy() {
    var rules = new JsonArray();
    JsonObject rule =
        JsonParser.parseString(
                """
                {"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "some-other-one"}}}]}
                """)
            .getAsJsonObject();
    for (int i = 0; i < RULES; i++) {
      rules.add(rule);
    }
    JsonObject policy =
        JsonParser.parseString(
                """
                {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "large"},
                 "spec": {"podSelector": {}, "policyTypes": ["Ingress"]}}
                """)
            .getAsJsonObject();
    policy.getAsJsonObject("spec").add("ingress", rules);
    return policy;
  }

  /** Each grows the ConfigMap of one tool after the other, and deletes it, as soon as it can. */
  private List<Thread> attack() {
    var threads = new ArrayList<Thread>();
    for (int attacker = 0; attacker < ATTACKERS; attacker++) {
      int first = attacker;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int number = first;
                        !ended.get();
                        number = (number + ATTACKERS) % hostile) {
                      grow(number);
                      int asking = number;
                      attempt(
                          () -> {
                            site.api().delete(Site.marker(asking));
                            requests.incrementAndGet();
                          });
                    }
                  }));
    }
    return threads;
  }

  private void end(List<Thread> attackers) {
    ended.set(true);
    for (Thread attacker : attackers) {
      try {
        attacker.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The ConfigMap may have gone or come meanwhile. */
  private static void attempt(Runnable call) {
    try {
      call.run();
    } catch (IllegalStateException e) {
      if (!e.getMessage().contains(": 404 ") && !e.getMessage().contains(": 409 ")) {
        throw e;
      }
    }
  }

  /**
   * @param between done before each
   */
  private Sample refreshes(int rounds, Runnable between) {
    var figures = new ArrayList<Double>();
    for (int i = 0; i < rounds * NEIGHBOURS; i++) {
      between.run();
      figures.add(refresh(hostile + i % NEIGHBOURS));
    }
    return new Sample(figures);
  }

  private double refresh(int number) {
    byte[] before = site.certificate(number);
    long start = System.nanoTime();
    site.api().delete(Site.marker(number));
    while (Arrays.equals(before, site.certificate(number))) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException("there came no new certificate");
      }
    }
    double milliseconds = (System.nanoTime() - start) / 1e6;
    Waiting.until("the record", PATIENCE, () -> site.api().exists(Site.marker(number)));
    return milliseconds;
  }
}
