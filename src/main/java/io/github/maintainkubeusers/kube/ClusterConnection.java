package io.github.maintainkubeusers.kube;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.credentials.ClientCertificateAuthentication;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import okhttp3.CipherSuite;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/**
 * How the API server is reached: one client for calls, which must answer in time, and one for
 * watches, which are silent when there is nothing to say.
 */
public final class ClusterConnection implements AutoCloseable {
  /** A ping that is not answered ends a connection whose other side is gone. */
  private static final Duration PING = Duration.ofSeconds(15);

  /**
   * Bookmarks come every minute (kubernetes.io/docs/reference/using-api/api-concepts): a watch
   * without any is dead.
   */
  private static final Duration SILENCE = Duration.ofMinutes(3);

  /** For a request with a pair that may not be accepted. */
  private static final Duration TRIAL = Duration.ofSeconds(10);

  /** Tells replicas apart in the API server's audit log. */
  private static final String USER_AGENT =
      "maintain-kubeusers"
          + Optional.ofNullable(System.getenv("POD_NAME")).map(pod -> "/" + pod).orElse("");

  /**
   * Go's servers take what the client likes best. AES is slow here: the quick compiler, which this
   * program runs with, does not know the processor's instructions for it.
   */
  private static final ConnectionSpec TLS =
      new ConnectionSpec.Builder(ConnectionSpec.MODERN_TLS)
          .cipherSuites(
              ConnectionSpec.MODERN_TLS.cipherSuites().stream()
                  .sorted(Comparator.comparing(suite -> !suite.javaName().contains("CHACHA20")))
                  .toArray(CipherSuite[]::new))
          .build();

  private final Source source;
  private final Optional<Path> authorities;
  private final ApiClient calls;
  private final ApiClient watches;
  private final ServerCondition condition;
  private final ClusterListener listener;

  private ClusterConnection(
      Source source,
      Optional<Path> authorities,
      ApiClient calls,
      ApiClient watches,
      ServerCondition condition,
      ClusterListener listener) {
    this.source = source;
    this.authorities = authorities;
    this.calls = calls;
    this.watches = watches;
    this.condition = condition;
    this.listener = listener;
  }

  /** With the ServiceAccount of the pod that we run in. */
  public static ClusterConnection inCluster(
      CallPolicy policy, InstantSource clock, ClusterListener listener) {
    if (System.getenv("KUBERNETES_SERVICE_HOST") == null) {
      throw new ClusterException(
          ClusterException.Reason.OTHER,
          "could not connect to the cluster: this is not a pod; outside of a cluster, use --local");
    }
    try {
      return of(
          ClientBuilder::cluster,
          Optional.of(Path.of(Config.SERVICEACCOUNT_CA_PATH)),
          policy,
          clock,
          listener);
    } catch (IOException | RuntimeException e) {
      throw unusable("the pod's ServiceAccount", e);
    }
  }

  /** As KUBECONFIG, or without it {@code ~/.kube/config}, says. */
  public static ClusterConnection fromKubeconfig(
      CallPolicy policy, InstantSource clock, ClusterListener listener) {
    return fromKubeconfigs(
        KubeconfigFiles.of(
            Optional.ofNullable(System.getenv("KUBECONFIG")),
            Path.of(System.getProperty("user.home"))),
        policy,
        clock,
        listener);
  }

  public static ClusterConnection fromKubeconfig(
      Path file, CallPolicy policy, InstantSource clock, ClusterListener listener) {
    return fromKubeconfigs(List.of(file), policy, clock, listener);
  }

  private static ClusterConnection fromKubeconfigs(
      List<Path> files, CallPolicy policy, InstantSource clock, ClusterListener listener) {
    try {
      Optional<Path> authorities =
          Optional.ofNullable(KubeconfigFiles.read(files).getCertificateAuthorityFile())
              .map(Path::of);
      return of(
          () ->
              ClientBuilder.kubeconfig(
                  KubeconfigFiles.requireCredentials(KubeconfigFiles.read(files))),
          authorities,
          policy,
          clock,
          listener);
    } catch (IOException | RuntimeException e) {
      throw unusable(String.join(", ", files.stream().map(Path::toString).toList()), e);
    }
  }

  public ApiClient calls() {
    return calls;
  }

  ApiClient watches() {
    return watches;
  }

  public ClusterListener listener() {
    return listener;
  }

  /**
   * Whom the API server takes the holder of another pair for; empty when it takes it for nobody, or
   * the pair cannot be used.
   */
  public Optional<String> userOf(byte[] certificate, byte[] key) {
    Optional<ApiClient> client = client(certificate, key);
    try {
      return client.isPresent() ? WhoAmI.user(client.get()) : Optional.empty();
    } catch (ApiException e) {
      if (e.getCode() == WhoAmI.UNAUTHORIZED) {
        return Optional.empty();
      }
      throw Failures.of("try a certificate in a request", e);
    } finally {
      client.ifPresent(ClusterConnection::close);
    }
  }

  /** What is thrown where the pair is none might show what was read. */
  private Optional<ApiClient> client(byte[] certificate, byte[] key) {
    ClientBuilder builder;
    try {
      builder = source.builder();
    } catch (IOException | RuntimeException e) {
      throw unusable("its earlier access", e);
    }
    try {
      ApiClient client =
          builder
              .setAuthentication(new ClientCertificateAuthentication(certificate, key))
              .setReadTimeout(TRIAL)
              .build();
      client.setHttpClient(
          trusting(client, authorities)
              .callTimeout(TRIAL)
              .addInterceptor(new CallMeter(listener))
              .build());
      return Optional.of(client.setUserAgent(USER_AGENT));
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }

  /** For the lease alone: it must not wait behind other calls, nor longer than the next attempt. */
  ApiClient leases(Duration timeout) {
    return brief(timeout);
  }

  /**
   * For one API server by itself, with the same credentials and CAs. The caller closes it with
   * {@link #close(ApiClient)}.
   *
   * @param server URL
   */
  public ApiClient at(String server) {
    return brief(TRIAL).setBasePath(server);
  }

  private ApiClient brief(Duration timeout) {
    try {
      ApiClient client = source.builder().setReadTimeout(timeout).build();
      client.setHttpClient(
          trusting(client, authorities)
              .connectTimeout(timeout)
              .writeTimeout(timeout)
              .callTimeout(timeout)
              .build());
      return client.setUserAgent(USER_AGENT);
    } catch (IOException | RuntimeException e) {
      throw unusable("its earlier access", e);
    }
  }

  /** From now on, lets no write through to the API server when this process does not lead. */
  public ClusterConnection onlyWhileLeading(Leadership leadership) {
    calls.setHttpClient(
        calls
            .getHttpClient()
            .newBuilder()
            .addNetworkInterceptor(new WriteGuard(leadership))
            .build());
    return this;
  }

  ServerCondition condition() {
    return condition;
  }

  @Override
  public void close() {
    close(calls);
    close(watches);
  }

  /** Ends the connections of a client that was made for one purpose. */
  public static void close(ApiClient client) {
    client.getHttpClient().dispatcher().cancelAll();
    client.getHttpClient().dispatcher().executorService().shutdown();
    client.getHttpClient().connectionPool().evictAll();
  }

  /** A file of authorities is followed; others are what they were at the start. */
  private static OkHttpClient.Builder trusting(ApiClient client, Optional<Path> authorities)
      throws IOException {
    OkHttpClient.Builder http =
        client.getHttpClient().newBuilder().connectionSpecs(List.of(TLS, ConnectionSpec.CLEARTEXT));
    return authorities.isPresent()
        ? CaFileTrust.apply(http, authorities.get(), client.getKeyManagers())
        : http;
  }

  private static ClusterConnection of(
      Source source,
      Optional<Path> authorities,
      CallPolicy policy,
      InstantSource clock,
      ClusterListener listener)
      throws IOException {
    ApiJson.install();
    Duration timeout = policy.timeout();
    var condition = new ServerCondition(clock, System::nanoTime);
    ApiClient calls = source.builder().setReadTimeout(timeout).setPingInterval(PING).build();
    var http =
        trusting(calls, authorities)
            .connectTimeout(timeout)
            .writeTimeout(timeout)
            .callTimeout(RetryAfter.LONGEST.plus(timeout))
            .addInterceptor(new RetryAfter());
    if (policy.perSecond() > 0) {
      http.addInterceptor(new RateLimit(policy.perSecond()));
    }
    calls.setHttpClient(
        http.addInterceptor(condition).addInterceptor(new CallMeter(listener)).build());
    ApiClient watches = source.builder().setReadTimeout(SILENCE).setPingInterval(PING).build();
    watches.setHttpClient(
        trusting(watches, authorities)
            .connectTimeout(timeout)
            .addInterceptor(new RetryAfter())
            .addInterceptor(new CallMeter(listener))
            .build());
    return new ClusterConnection(
        source,
        authorities,
        calls.setUserAgent(USER_AGENT),
        watches.setUserAgent(USER_AGENT),
        condition,
        listener);
  }

  private static ClusterException unusable(String source, Exception e) {
    return new ClusterException(
        ClusterException.Reason.OTHER,
        "could not connect to the cluster by " + source + ": " + e.getMessage(),
        e);
  }

  /** Where clients come from: one each, for they share nothing. */
  private interface Source {
    ClientBuilder builder() throws IOException;
  }
}
