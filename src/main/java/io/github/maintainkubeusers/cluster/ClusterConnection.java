package io.github.maintainkubeusers.cluster;

import java.io.FileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;

/**
 * How the API server is reached: one client for calls, which must answer in time, and one for watches, which are
 * silent when there is nothing to say.
 */
public final class ClusterConnection implements AutoCloseable {
    /** A ping that is not answered ends a connection whose other side is gone. */
    private static final Duration PING = Duration.ofSeconds(15);
    /** Tells replicas apart in the API server's audit log. */
    private static final String USER_AGENT = "maintain-kubeusers"
            + Optional.ofNullable(System.getenv("POD_NAME")).map(pod -> "/" + pod).orElse("");

    private final Source source;
    private final ApiClient calls;
    private final ApiClient watches;
    private final ServerCondition condition;
    private final ClusterListener listener;

    private ClusterConnection(Source source, ApiClient calls, ApiClient watches, ServerCondition condition,
            ClusterListener listener) {
        this.source = source;
        this.calls = calls;
        this.watches = watches;
        this.condition = condition;
        this.listener = listener;
    }

    /** With the ServiceAccount of the pod that we run in. */
    public static ClusterConnection inCluster(Duration timeout, InstantSource clock, ClusterListener listener) {
        if (System.getenv("KUBERNETES_SERVICE_HOST") == null) {
            throw new ClusterException(ClusterException.Reason.OTHER,
                    "could not connect to the cluster: this is not a pod; outside of a cluster, use --local");
        }
        try {
            return of(ClientBuilder::cluster, timeout, clock, listener);
        } catch (IOException | RuntimeException e) {
            throw unusable("the pod's ServiceAccount", e);
        }
    }

    /** As KUBECONFIG, or without it {@code ~/.kube/config}, says. */
    public static ClusterConnection fromKubeconfig(Duration timeout, InstantSource clock, ClusterListener listener) {
        Path file = Optional.ofNullable(System.getenv("KUBECONFIG")).map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".kube", "config"));
        return fromKubeconfig(file, timeout, clock, listener);
    }

    public static ClusterConnection fromKubeconfig(Path file, Duration timeout, InstantSource clock,
            ClusterListener listener) {
        try {
            return of(() -> ClientBuilder.kubeconfig(read(file)), timeout, clock, listener);
        } catch (IOException | RuntimeException e) {
            throw unusable(file.toString(), e);
        }
    }

    ApiClient calls() {
        return calls;
    }

    ApiClient watches() {
        return watches;
    }

    ClusterListener listener() {
        return listener;
    }

    /** For the lease alone: it must not wait behind other calls, nor longer than the next attempt. */
    ApiClient leases(Duration timeout) {
        try {
            ApiClient leases = source.builder().setReadTimeout(timeout).build();
            leases.setHttpClient(leases.getHttpClient().newBuilder().connectTimeout(timeout).writeTimeout(timeout)
                    .callTimeout(timeout).build());
            return leases.setUserAgent(USER_AGENT);
        } catch (IOException | RuntimeException e) {
            throw unusable("what it was reached by before", e);
        }
    }

    /** From now on, lets no write through to the API server when this process does not lead. */
    public ClusterConnection onlyWhileLeading(Leadership leadership) {
        calls.setHttpClient(
                calls.getHttpClient().newBuilder().addNetworkInterceptor(new WriteGuard(leadership)).build());
        return this;
    }

    ServerCondition condition() {
        return condition;
    }

    @Override
    public void close() {
        for (ApiClient client : new ApiClient[]{calls, watches}) {
            client.getHttpClient().dispatcher().cancelAll();
            client.getHttpClient().dispatcher().executorService().shutdown();
            client.getHttpClient().connectionPool().evictAll();
        }
    }

    private static ClusterConnection of(Source source, Duration timeout, InstantSource clock, ClusterListener listener)
            throws IOException {
        var condition = new ServerCondition(clock, System::nanoTime);
        ApiClient calls = source.builder().setReadTimeout(timeout).setPingInterval(PING).build();
        calls.setHttpClient(calls.getHttpClient().newBuilder().connectTimeout(timeout).writeTimeout(timeout)
                .callTimeout(RetryAfter.LONGEST.plus(timeout)).addInterceptor(new RetryAfter())
                .addInterceptor(condition).addInterceptor(new CallMeter(listener)).build());
        ApiClient watches = source.builder().setReadTimeout(Duration.ZERO).setPingInterval(PING).build();
        watches.setHttpClient(watches.getHttpClient().newBuilder().connectTimeout(timeout)
                .addInterceptor(new CallMeter(listener)).build());
        return new ClusterConnection(source, calls.setUserAgent(USER_AGENT), watches.setUserAgent(USER_AGENT),
                condition, listener);
    }

    private static KubeConfig read(Path file) throws IOException {
        try (var reader = new FileReader(file.toFile(), StandardCharsets.UTF_8)) {
            KubeConfig config = KubeConfig.loadKubeConfig(reader);
            config.setFile(file.toFile());
            return config;
        }
    }

    private static ClusterException unusable(String source, Exception e) {
        return new ClusterException(ClusterException.Reason.OTHER,
                "could not connect to the cluster by " + source + ": " + e.getMessage(), e);
    }

    /** Where clients come from: one each, for they share nothing. */
    private interface Source {
        ClientBuilder builder() throws IOException;
    }
}
