package io.github.maintainkubeusers.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.maintainkubeusers.testing.LoopbackPair;
import io.github.maintainkubeusers.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * What gateways are answered in a second, beside a bare TLS server that says always the same. Each
 * server is a process of its own with the program's JVM options, on one core. No cluster is asked:
 * what the program would have read stands in memory.
 */
final class GatewayBench {
  private static final int CLIENTS = 8;
  private static final int ROUNDS = 5;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration MEASURED = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path TASKSET = Path.of("/usr/bin/taskset");

  private final Path folder;
  private final SSLContext tls;

  /** In the way of nginx. */
  private final byte[] byCertificate;

  private GatewayBench(Path folder) throws IOException {
    this.folder = folder;
    LoopbackPair pair = LoopbackPair.write(folder);
    this.tls = pair.trusting();
    this.byCertificate =
        request(
            "",
            "X-Client-Certificate: "
                + URLEncoder.encode(Files.readString(pair.certificate()), UTF_8).replace("+", "%20")
                + "\r\n");
  }

  static List<Row> run() throws IOException {
    Progress.say("Gateways ask about " + GatewayServer.ACCOUNTS + " accounts");
    Path folder = Files.createTempDirectory("maintain-kubeusers-bench-");
    try {
      return new GatewayBench(folder).measure();
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private List<Row> measure() throws IOException {
    try (ServerProcess endpoint = start("endpoint");
        ServerProcess bare = start("bare")) {
      int ours = port(endpoint, "endpoint");
      int reference = port(bare, "bare");
      return List.of(
          beside(
              "gateway: answers in a second about fingerprints, connections stay",
              ours,
              reference,
              true,
              i -> request("/" + GatewayServer.fingerprint(i % GatewayServer.ACCOUNTS), ""),
              new Goal.Minimum(2000)),
          beside(
              "gateway: the same about certificates, as nginx asks",
              ours,
              reference,
              true,
              _ -> byCertificate,
              new Goal.Minimum(2000)),
          beside(
              "gateway: the same with a connection for each, TLS sessions resumed",
              ours,
              reference,
              false,
              _ -> byCertificate,
              new Goal.None()),
          Row.alone(
              "whose: one fingerprint among " + GatewayServer.ACCOUNTS + " accounts, from memory",
              "ms",
              whose(),
              new Goal.AtMost(10)));
    }
  }

  /** Both take turns. */
  private Row beside(
      String what,
      int ours,
      int reference,
      boolean lasting,
      IntFunction<byte[]> requests,
      Goal goal) {
    Object _ = perSecond(ours, lasting, requests, WARM_UP);
    Object _ = perSecond(reference, lasting, requests, WARM_UP);
    var figures = new ArrayList<Double>();
    var references = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      figures.add(perSecond(ours, lasting, requests, MEASURED));
      references.add(perSecond(reference, lasting, requests, MEASURED));
    }
    return Row.beside(what, "/s", new Sample(figures), new Sample(references), goal);
  }

  private double perSecond(int port, boolean lasting, IntFunction<byte[]> requests, Duration time) {
    var count = new AtomicInteger();
    long begun = System.nanoTime();
    long end = begun + time.toNanos();
    SideBySide.each(
        0,
        CLIENTS,
        CLIENTS,
        _ -> {
          try {
            ask(port, lasting, requests, end, count);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return count.get() / ((System.nanoTime() - begun) / 1e9);
  }

  private void ask(
      int port, boolean lasting, IntFunction<byte[]> requests, long end, AtomicInteger count)
      throws IOException {
    while (System.nanoTime() - end < 0) {
      try (var client = new GatewayClient(tls, port)) {
        do {
          client.ask(requests.apply(count.getAndIncrement()));
        } while (lasting && System.nanoTime() - end < 0);
      }
    }
  }

  private static byte[] request(String path, String header) {
    return ("GET /v1/certificates" + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")
        .getBytes(US_ASCII);
  }

  private Sample whose() throws IOException {
    try (ServerProcess process = start("whose")) {
      process.awaitEnd(PATIENCE);
    }
    return new Sample(
        Files.readAllLines(folder.resolve("whose.out")).stream().map(Double::valueOf).toList());
  }

  private ServerProcess start(String what) {
    var command = new ArrayList<String>();
    if (Files.isExecutable(TASKSET)) {
      command.addAll(List.of(TASKSET.toString(), "-c", "0"));
    } else {
      Progress.say("There is no taskset: " + what + " may use all cores");
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "@" + Path.of("bin/jvm.options").toAbsolutePath(),
            "-cp",
            classPath(),
            GatewayServer.class.getName(),
            what,
            folder.toString()));
    return ServerProcess.start(folder, what, command);
  }

  /** The process has another working directory. */
  private static String classPath() {
    return String.join(
        ":",
        Stream.of(System.getProperty("java.class.path").split(":"))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .toList());
  }

  private int port(ServerProcess process, String what) throws IOException {
    Path told = folder.resolve(what + ".out");
    process.await(() -> Files.exists(told), PATIENCE);
    return Integer.parseInt(Files.readString(told));
  }
}
