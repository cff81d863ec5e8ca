package io.github.maintainkubeusers.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.certificates.CertificateIndex;
import io.github.maintainkubeusers.certificates.Ownership;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.gateway.GatewayEndpoint;
import io.github.maintainkubeusers.gateway.GatewaySettings;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.ObservedBuilder;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.testing.LoopbackPair;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program, so that it runs with the JVM options of the real one: the endpoint for gateways, the
 * bare server that it is compared with, or the look-up of the command {@code whose}.
 */
final class GatewayServer {
  static final int ACCOUNTS = 10_000;
  private static final int LOOK_UPS = 100;

  /** As long as one about an account. */
  private static final byte[] CONSTANT =
      ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 260\r\n\r\n"
              + "x".repeat(260))
          .getBytes(US_ASCII);

  private final Map<AccountId, RecordState> records = new HashMap<>();
  private final Map<AccountId, Observed> observed = new HashMap<>();

  /**
   * @param arguments what to be, and a folder with a pair, which gets a file {@code WHAT.out} with
   *     the port or the figures
   */
  public static void main(String[] arguments) throws IOException {
    String what = arguments[0];
    Path folder = Path.of(arguments[1]);
    Path certificate = folder.resolve("tls.crt");
    Path key = folder.resolve("tls.key");
    String told =
        switch (what) {
          case "endpoint" ->
              Integer.toString(new GatewayServer(certificate).serve(certificate, key));
          case "bare" -> Integer.toString(bare(certificate, key));
          case "whose" -> new GatewayServer(certificate).whose();
          default -> throw new IllegalArgumentException(what);
        };
    Path part = Files.writeString(folder.resolve(what + ".part"), told);
    Path _ = Files.move(part, folder.resolve(what + ".out"));
    if (!what.equals("whose")) {
      ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().join());
    }
  }

  /**
   * @param certificate of one account more, which is asked about by its certificate
   */
  private GatewayServer(Path certificate) throws IOException {
    for (int i = 0; i < ACCOUNTS; i++) {
      add("t" + i, fingerprint(i));
    }
    add("asked", ParsedCertificate.parse(Files.readAllBytes(certificate)).getFirst().fingerprint());
  }

  private void add(String tool, String fingerprint) {
    Instant now = Clock.systemUTC().instant();
    AccountId id = AccountId.tool(tool);
    AccountRecord record = ObservedBuilder.record(1, now);
    Credential signed = record.credential().orElseThrow();
    var credential =
        new Credential(
            signed.id(),
            1,
            fingerprint,
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

  /** Of the account with this number. */
  static String fingerprint(int account) {
    return "%064x".formatted(account);
  }

  private int serve(Path certificate, Path key) {
    return GatewayEndpoint.start(
            new GatewaySettings(loopback(), certificate, key),
            new CertificateIndex(() -> records, observed::get, Clock.systemUTC(), System::nanoTime),
            () -> true)
        .address()
        .getPort();
  }

  /** Milliseconds of several look-ups, each as the command makes its one. */
  private String whose() {
    return Sample.measured(LOOK_UPS, this::lookUp).figures().stream()
        .map(Object::toString)
        .collect(joining("\n"));
  }

  private double lookUp() {
    long begun = System.nanoTime();
    var owners =
        new Ownership(records, observed::get, Optional.empty(), Clock.systemUTC().instant());
    if (owners.byFingerprint(fingerprint(ACCOUNTS / 2)).isEmpty()) {
      throw new IllegalStateException("it was not found");
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  private static int bare(Path certificate, Path key) throws IOException {
    ServerSocket listener =
        LoopbackPair.serving(certificate, key).getServerSocketFactory().createServerSocket();
    listener.bind(loopback());
    Thread.ofPlatform().daemon().start(() -> accept(listener));
    return listener.getLocalPort();
  }

  private static void accept(ServerSocket listener) {
    try {
      while (true) {
        Socket socket = listener.accept();
        Thread _ = Thread.startVirtualThread(() -> answer(socket));
      }
    } catch (IOException e) {
      throw new IllegalStateException("the bare server ended", e);
    }
  }

  private static void answer(Socket socket) {
    var buffer = new byte[16 << 10];
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      int filled = 0;
      for (int count = 0; count >= 0; count = in.read(buffer, filled, buffer.length - filled)) {
        filled += count;
        if (filled > 0 && buffer[filled - 1] == '\n' && buffer[filled - 3] == '\n') {
          socket.getOutputStream().write(CONSTANT);
          filled = 0;
        }
      }
    } catch (IOException _) {
      // the client has ended
    }
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
