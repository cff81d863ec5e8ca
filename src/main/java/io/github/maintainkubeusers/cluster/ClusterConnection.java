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

    private final ApiClient calls;
    private final ApiClient watches;
    private final ServerCondition condition;

    private ClusterConnection(ApiClient calls, ApiClient watches, ServerCondition condition) {
        this.calls = calls;
        this.watches = watches;
        this.condition = condition;
    }

    /** With the ServiceAccount of the pod that we run in. */
    public static ClusterConnection inCluster(CallPolicy policy, InstantSource clock) {
        if (System.getenv("KUBERNETES_SERVICE_HOST") == null) {
            throw new ClusterException(ClusterException.Reason.OTHER,
                    "could not connect to the cluster: this is not a pod; outside of a cluster, use --local");
        }
        try {
            return of(ClientBuilder.cluster(), ClientBuilder.cluster(), policy, clock);
        } catch (IOException | RuntimeException e) {
            throw unusable("the pod's ServiceAccount", e);
        }
    }

    /** As KUBECONFIG, or without it {@code ~/.kube/config}, says. */
    public static ClusterConnection fromKubeconfig(CallPolicy policy, InstantSource clock) {
        Path file = Optional.ofNullable(System.getenv("KUBECONFIG")).map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".kube", "config"));
        return fromKubeconfig(file, policy, clock);
    }

    public static ClusterConnection fromKubeconfig(Path file, CallPolicy policy, InstantSource clock) {
        try {
            return of(ClientBuilder.kubeconfig(read(file)), ClientBuilder.kubeconfig(read(file)), policy, clock);
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

    private static ClusterConnection of(ClientBuilder forCalls, ClientBuilder forWatches, CallPolicy policy,
            InstantSource clock) {
        Duration timeout = policy.timeout();
        var condition = new ServerCondition(clock, System::nanoTime);
        ApiClient calls = forCalls.setReadTimeout(timeout).setPingInterval(PING).build();
        var http = calls.getHttpClient().newBuilder().connectTimeout(timeout).writeTimeout(timeout)
                .callTimeout(RetryAfter.LONGEST.plus(timeout)).addInterceptor(new RetryAfter());
        if (policy.perSecond() > 0) {
            http.addInterceptor(new RateLimit(policy.perSecond()));
        }
        calls.setHttpClient(http.addInterceptor(condition).build());
        ApiClient watches = forWatches.setReadTimeout(Duration.ZERO).setPingInterval(PING).build();
        watches.setHttpClient(watches.getHttpClient().newBuilder().connectTimeout(timeout).build());
        return new ClusterConnection(calls.setUserAgent("maintain-kubeusers"),
                watches.setUserAgent("maintain-kubeusers"), condition);
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
}
