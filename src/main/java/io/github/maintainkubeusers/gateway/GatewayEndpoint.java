package io.github.maintainkubeusers.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.certificates.CertificateIndex;
import io.github.maintainkubeusers.certificates.CredentialStanding;
import io.github.maintainkubeusers.credential.CredentialException;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.http.BoundedHttpServer;
import io.github.maintainkubeusers.http.HttpAnswer;
import io.github.maintainkubeusers.http.HttpLimits;
import io.github.maintainkubeusers.http.HttpRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * Answers what has become of a certificate: 200 while it has rights, 403 when it has none, so that
 * an nginx needs no more than {@code auth_request}. From memory, and bounded.
 */
public final class GatewayEndpoint implements AutoCloseable {
  private static final String PATH = "/v1/certificates";
  private static final Pattern FINGERPRINT = Pattern.compile(PATH + "/([0-9A-Fa-f]{64})");
  private static final String CERTIFICATE = "X-Client-Certificate";
  private static final String CERTIFICATE_HEADER = CERTIFICATE.toLowerCase(Locale.ROOT);

  /**
   * What all connections together can take stays far below the heap. nginx ends a connection after
   * 60 s: it is to be the one who does.
   */
  private static final HttpLimits LIMITS = new HttpLimits(256, 16 << 10, Duration.ofSeconds(75));

  /** Handshakes that can be resumed. */
  private static final int SESSIONS = 1000;

  private final CertificateIndex index;
  private final BooleanSupplier ready;
  private final BoundedHttpServer server;

  private GatewayEndpoint(
      GatewaySettings settings, CertificateIndex index, BooleanSupplier ready, SSLContext tls)
      throws IOException {
    this.index = requireNonNull(index, "index is null");
    this.ready = requireNonNull(ready, "ready is null");
    this.server =
        BoundedHttpServer.start(settings.address(), LIMITS, Optional.of(tls), this::answer);
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
      tls.getServerSessionContext().setSessionCacheSize(SESSIONS);
      return new GatewayEndpoint(settings, index, ready, tls);
    } catch (IOException | GeneralSecurityException e) {
      throw new GatewayException(
          "could not listen on " + settings.address() + " for gateways: " + e.getMessage(), e);
    }
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }

  private HttpAnswer answer(HttpRequest request) {
    Matcher named = FINGERPRINT.matcher(request.path());
    if (!named.matches() && !request.path().equals(PATH)) {
      return refused(
          "404 Not Found",
          "there is only " + PATH + "/SHA256, and " + PATH + " with the header " + CERTIFICATE);
    }
    Optional<String> fingerprint =
        named.matches()
            ? Optional.of(named.group(1).toLowerCase(Locale.ROOT))
            : request.header(CERTIFICATE_HEADER).flatMap(GatewayEndpoint::fingerprint);
    if (fingerprint.isEmpty()) {
      return refused(
          "400 Bad Request", CERTIFICATE + " holds no certificate, as PEM that is URL-encoded");
    }
    return ready.getAsBoolean()
        ? answer(index.find(fingerprint.get()))
        : refused("503 Service Unavailable", "what the cluster holds is not known at the moment");
  }

  /** As nginx's {@code $ssl_client_escaped_cert} has it: nginx itself knows no SHA-256. */
  private static Optional<String> fingerprint(String escaped) {
    if (escaped.indexOf(',') >= 0) {
      return Optional.empty(); // several headers, of which only one can be meant
    }
    try {
      // A plus is one of base64 here, and no space.
      String pem = URLDecoder.decode(escaped.replace("+", "%2B"), UTF_8);
      return Optional.of(ParsedCertificate.parse(pem.getBytes(UTF_8)).getFirst().fingerprint());
    } catch (CredentialException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static HttpAnswer answer(Optional<CredentialStanding> found) {
    return found
        .map(
            standing ->
                json(
                    standing.hasRights() ? "200 OK" : "403 Forbidden",
                    json(standing),
                    Map.of(
                        "X-Certificate-State", standing.state().label(),
                        "X-Certificate-Account", standing.account().toString())))
        .orElseGet(
            () ->
                json("403 Forbidden", "{\"state\": \"unknown\", \"hasRights\": false}", Map.of()));
  }

  private static HttpAnswer refused(String status, String error) {
    return json(status, "{\"error\": \"" + error + "\"}", Map.of());
  }

  private static HttpAnswer json(String status, String body, Map<String, String> more) {
    var headers = new HashMap<>(more);
    headers.put("Cache-Control", "no-store");
    return new HttpAnswer(status, "application/json", headers, (body + "\n").getBytes(UTF_8));
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
