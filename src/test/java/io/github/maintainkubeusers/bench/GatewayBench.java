package io.github.maintainkubeusers.bench;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.certificates.CertificateIndex;
import io.github.maintainkubeusers.certificates.Ownership;
import io.github.maintainkubeusers.gateway.GatewayEndpoint;
import io.github.maintainkubeusers.gateway.GatewaySettings;
import io.github.maintainkubeusers.http.BoundedHttpServer;
import io.github.maintainkubeusers.http.HttpAnswer;
import io.github.maintainkubeusers.http.HttpLimits;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.ObservedBuilder;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.testing.LoopbackPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What gateways are answered in a second over connections that last, by TLS, with the clients on
 * the same processors: in memory, no cluster is asked. And how long one certificate among many
 * takes.
 */
final class GatewayBench {
  private static final int ACCOUNTS = 10_000;
  private static final int CLIENTS = 4;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration MEASURED = Duration.ofSeconds(5);
  private static final int ROUNDS = 5;

  private final Map<AccountId, RecordState> records = new HashMap<>();
  private final Map<AccountId, Observed> observed = new HashMap<>();

  List<Row> run() throws IOException {
    Progress.say("Gateways ask about " + ACCOUNTS + " accounts");
    fill();
    Path folder = Files.createTempDirectory("maintain-kubeusers-bench-");
    LoopbackPair pair = LoopbackPair.write(folder);
    try {
      return measure(pair);
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        files.forEach(file -> file.toFile().delete());
      }
      Files.delete(folder);
    }
  }

  private List<Row> measure(LoopbackPair pair) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var index =
        new CertificateIndex(() -> records, observed::get, Clock.systemUTC(), System::nanoTime);
    Sample answers;
    Sample constant;
    try (var endpoint =
            GatewayEndpoint.start(
                new GatewaySettings(address, pair.certificate(), pair.key()), index, () -> true);
        var bare =
            BoundedHttpServer.start(
                address,
                new HttpLimits(1000, 8 << 10, Duration.ofSeconds(60)),
                Optional.of(pair.serving()),
                _ -> HttpAnswer.text("200 OK", "yes"))) {
      int asked = endpoint.address().getPort();
      int reference = bare.address().getPort();
      Object _ = perSecond(pair, asked, WARM_UP);
      Object _ = perSecond(pair, reference, WARM_UP);
      answers = Sample.measured(ROUNDS, () -> perSecond(pair, asked, MEASURED));
      constant = Sample.measured(ROUNDS, () -> perSecond(pair, reference, MEASURED));
    }
    return List.of(
        Row.beside(
            "gateway: answers a second with " + ACCOUNTS + " accounts, beside a constant answer",
            "/s",
            answers,
            constant,
            new Goal.Minimum(2000)),
        Row.alone(
            "whose: one fingerprint among " + ACCOUNTS + " accounts",
            "ms",
            whose(),
            new Goal.AtMost(10)));
  }

  /** As the command looks it up, which is done once. */
  private Sample whose() {
    var owners =
        new Ownership(records, observed::get, Optional.empty(), Clock.systemUTC().instant());
    return Sample.measured(
        100,
        () -> {
          long begun = System.nanoTime();
          if (owners.byFingerprint(fingerprint(ACCOUNTS / 2)).isEmpty()) {
            throw new IllegalStateException("it was not found");
          }
          return (System.nanoTime() - begun) / 1e6;
        });
  }

  private static double perSecond(LoopbackPair pair, int port, Duration time) {
    var count = new AtomicInteger();
    long begun = System.nanoTime();
    List<Thread> threads =
        IntStream.range(0, CLIENTS)
            .mapToObj(
                client ->
                    Thread.ofPlatform()
                        .start(() -> ask(pair, port, client, begun + time.toNanos(), count)))
            .toList();
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return count.get() / ((System.nanoTime() - begun) / 1e9);
  }

  /** One client, over one connection. */
  private static void ask(LoopbackPair pair, int port, int client, long end, AtomicInteger count) {
    try (HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(pair.trusting())
            .build()) {
      for (int i = client; System.nanoTime() - end < 0; i++) {
        HttpResponse<Void> answer =
            http.send(
                HttpRequest.newBuilder(
                        URI.create(
                            "https://localhost:"
                                + port
                                + "/v1/certificates/"
                                + fingerprint(i * 7 % ACCOUNTS)))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() != 200 && answer.statusCode() != 403) {
          throw new IllegalStateException("answered with " + answer.statusCode());
        }
        count.incrementAndGet();
      }
    } catch (IOException e) {
      throw new IllegalStateException("not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void fill() {
    Instant now = Clock.systemUTC().instant();
    for (int i = 0; i < ACCOUNTS; i++) {
      AccountId id = AccountId.tool("t" + i);
      AccountRecord record = ObservedBuilder.record(1, now);
      Credential signed = record.credential().orElseThrow();
      var credential =
          new Credential(
              signed.id(),
              1,
              fingerprint(i),
              signed.issuer(),
              signed.serial(),
              signed.notBefore(),
              signed.notAfter());
      RecordState known =
          new RecordState.Known(
              AccountRecord.active(record.uid(), credential, List.of(), now, record.applied()));
      records.put(id, known);
      observed.put(id, ObservedBuilder.provisioned(id, 1, now).record(known).build());
    }
  }

  private static String fingerprint(int i) {
    return "%064x".formatted(i);
  }
}
