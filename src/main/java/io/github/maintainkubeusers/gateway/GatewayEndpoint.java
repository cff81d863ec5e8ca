package io.github.maintainkubeusers.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.maintainkubeusers.certificates.CertificateIndex;
import io.github.maintainkubeusers.certificates.CredentialStanding;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what has become of a certificate: 200 while it has rights, 403 when it has none, so that
 * an nginx needs no more than {@code auth_request}. From memory; connections, threads and the time
 * for a request are bounded.
 */
public final class GatewayEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayEndpoint.class);
  private static final String PATH = "/v1/certificates";
  private static final Pattern FINGERPRINT = Pattern.compile(PATH + "/([0-9A-Fa-f]{64})");
  private static final String CERTIFICATE = "X-Client-Certificate";
  private static final int MOST_OF_A_CERTIFICATE = 32 << 10;
  private static final int THREADS = 8;
  private static final int BACKLOG = 256;

  static {
    // Of the JDK's server, before it is loaded: none of them has a bound by default.
    System.setProperty("sun.net.httpserver.maxReqTime", "5");
    System.setProperty("sun.net.httpserver.maxRspTime", "5");
    System.setProperty("jdk.httpserver.maxConnections", "1000");
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final CertificateIndex index;
  private final BooleanSupplier ready;
  private final HttpsServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().name("gateway-", 0).daemon().factory());

  private record Answer(int status, String body, Optional<CredentialStanding> standing) {
    static Answer refused(int status, String error) {
      return new Answer(status, "{\"error\": \"" + error + "\"}", Optional.empty());
    }
  }

  private GatewayEndpoint(CertificateIndex index, BooleanSupplier ready, HttpsServer server) {
    this.index = requireNonNull(index, "index is null");
    this.ready = requireNonNull(ready, "ready is null");
    this.server = server;
  }

  /**
   * @param ready whether what is in memory is what the cluster holds
   * @throws GatewayException when the address cannot be listened on or the pair not be used
   */
  public static GatewayEndpoint start(
      GatewaySettings settings, CertificateIndex index, BooleanSupplier ready) {
    var pair = new PairFiles(settings);
    try {
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(new KeyManager[] {pair}, null, null);
      HttpsServer server = HttpsServer.create(settings.address(), BACKLOG);
      server.setHttpsConfigurator(new HttpsConfigurator(tls));
      var endpoint = new GatewayEndpoint(index, ready, server);
      server.createContext("/", endpoint::handle);
      server.setExecutor(endpoint.threads);
      server.start();
      return endpoint;
    } catch (IOException | GeneralSecurityException e) {
      throw new GatewayException(
          "could not listen on " + settings.address() + " for gateways: " + e.getMessage(), e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Answer answer;
    try {
      answer = answer(exchange);
    } catch (RuntimeException e) {
      LOG.error("Internal error while answering a gateway", e);
      answer = Answer.refused(500, "internal error");
    }
    byte[] body = (answer.body() + "\n").getBytes(UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Cache-Control", "no-store");
    answer
        .standing()
        .ifPresent(
            standing -> {
              headers.set("X-Certificate-State", standing.state().label());
              headers.set("X-Certificate-Account", standing.account().toString());
            });
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private Answer answer(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return Answer.refused(405, "only GET and HEAD");
    }
    String path = exchange.getRequestURI().getPath();
    Matcher named = FINGERPRINT.matcher(path);
    String shown = exchange.getRequestHeaders().getFirst(CERTIFICATE);
    if (!named.matches() && !path.equals(PATH)) {
      return Answer.refused(
          404,
          "there is only " + PATH + "/SHA256, and " + PATH + " with the header " + CERTIFICATE);
    }
    Optional<String> fingerprint =
        named.matches()
            ? Optional.of(named.group(1).toLowerCase(Locale.ROOT))
            : Optional.ofNullable(shown).flatMap(GatewayEndpoint::fingerprint);
    if (fingerprint.isEmpty()) {
      return Answer.refused(400, CERTIFICATE + " holds no certificate, as PEM that is URL-encoded");
    }
    return ready.getAsBoolean()
        ? answer(index.find(fingerprint.get()))
        : Answer.refused(503, "what the cluster holds is not known at the moment");
  }

  /** As nginx's {@code $ssl_client_escaped_cert} has it: nginx itself knows no SHA-256. */
  private static Optional<String> fingerprint(String escaped) {
    if (escaped.length() > MOST_OF_A_CERTIFICATE) {
      return Optional.empty();
    }
    try {
      // A plus is one of base64 here, and no space.
      String pem = URLDecoder.decode(escaped.replace("+", "%2B"), UTF_8);
      return Optional.of(ParsedCertificate.parse(pem.getBytes(UTF_8)).getFirst().fingerprint());
    } catch (CredentialException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Answer answer(Optional<CredentialStanding> found) {
    return found
        .map(
            standing ->
                new Answer(standing.hasRights() ? 200 : 403, json(standing), Optional.of(standing)))
        .orElseGet(
            () ->
                new Answer(
                    403, "{\"state\": \"unknown\", \"hasRights\": false}", Optional.empty()));
  }

  /** Of names and numbers that need no escapes. */
  private static String json(CredentialStanding standing) {
    return "{\"kind\": \"%s\", \"name\": \"%s\", \"generation\": %s, \"state\": \"%s\", \"hasRights\": %s, \"end\": %s}"
        .formatted(
            standing.account().kind().label(),
            standing.account().name(),
            standing.generation().map(Object::toString).orElse("null"),
            standing.state().label(),
            standing.hasRights(),
            standing.end().map(Instant::toString).map(end -> "\"" + end + "\"").orElse("null"));
  }
}
