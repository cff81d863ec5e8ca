package io.github.maintainkubeusers.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Stands before the real API server and passes everything on, but for what a test wants to go
 * wrong: no real server can be made to answer 429 or to hang at a given call.
 */
public final class FaultyApiServer implements AutoCloseable {
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "connection", "content-length", "host", "upgrade", "http2-settings", "transfer-encoding");

  private final ControlPlane plane;
  private final HttpsServer server;
  private final HttpClient client;
  private final List<Fault> faults = new CopyOnWriteArrayList<>();

  /** A call that may be made to go wrong. */
  public record Call(String method, String path) {
    /** True for all that is not GET. */
    public boolean isWrite() {
      return !method.equals("GET");
    }
  }

  /** What is done instead of passing a call on; the answer, or empty to pass it on after all. */
  @FunctionalInterface
  public interface Fault {
    Optional<Answer> at(Call call) throws InterruptedException;

    /** Runs when the real server has done what it was asked and has not yet been heard. */
    default void after(Call call) {}
  }

  /** An answer of our own. */
  public record Answer(int status, Map<String, String> headers, String body) {
    public static Answer status(int code) {
      return new Answer(
          code,
          Map.of(),
          """
          {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": %d,
           "message": "injected by the test"}\
          """
              .formatted(code));
    }
  }

  private FaultyApiServer(ControlPlane plane, HttpsServer server, HttpClient client) {
    this.plane = plane;
    this.server = server;
    this.client = client;
  }

  public static FaultyApiServer start(ControlPlane plane) {
    try {
      KeyStore store = keyStore(plane);
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      server.setHttpsConfigurator(new HttpsConfigurator(sslContext(store, true)));
      var faulty =
          new FaultyApiServer(
              plane,
              server,
              HttpClient.newBuilder()
                  .sslContext(sslContext(store, false))
                  .version(HttpClient.Version.HTTP_1_1)
                  .build());
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", faulty::handle);
      server.start();
      return faulty;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("could not start the faulty API server", e);
    }
  }

  public String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  public void inject(Fault fault) {
    faults.add(fault);
  }

  public void heal() {
    faults.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    client.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var call = new Call(exchange.getRequestMethod(), exchange.getRequestURI().toString());
      for (Fault fault : faults) {
        var answer = fault.at(call);
        if (answer.isPresent()) {
          answer(exchange, answer.get());
          return;
        }
      }
      passOn(exchange, call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  private void passOn(HttpExchange exchange, Call call) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(plane.server() + call.path()))
            .method(
                call.method(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    faults.forEach(fault -> fault.after(call));
    for (String name : List.of("Content-Type", "Content-Encoding", "Retry-After")) {
      response
          .headers()
          .firstValue(name)
          .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
    }
    exchange.sendResponseHeaders(response.statusCode(), 0);
    copy(response.body(), exchange.getResponseBody());
  }

  /** Piece by piece, for a watch has no end. */
  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] piece = new byte[8192];
    for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
      to.write(piece, 0, length);
      to.flush();
    }
  }

  private static KeyStore keyStore(ControlPlane plane)
      throws IOException, GeneralSecurityException {
    String pem =
        Files.readString(plane.folder().resolve("apiserver.key"))
            .replaceAll("-----[A-Z ]+-----|\\s", "");
    var key =
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", Certificates.read(plane.ca().certificate()));
    store.setKeyEntry(
        "own",
        key,
        new char[0],
        new Certificate[] {Certificates.read(plane.folder().resolve("apiserver.crt"))});
    return store;
  }

  /**
   * @param server whether to show a certificate: to the real server, the caller's token must say
   *     who calls
   */
  private static SSLContext sslContext(KeyStore store, boolean server)
      throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(server ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
    return context;
  }
}
