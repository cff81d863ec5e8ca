package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.FaultyApiServer;
import io.github.maintainkubeusers.testing.GrantedComponent;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.LoopbackProxy;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.TlsServer;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code certificates check} of three API servers, fifty kubelets and thirty webhooks. */
@ExtendWith(WorldExtension.class)
class CheckScaleIT {
  private static final int API_SERVERS = 3;
  private static final int KUBELETS = 50;
  private static final int WEBHOOKS = 30;
  private static final int MOST_CALLS = 25;

  /** What pods would find by their resolver. */
  private static final String HOSTS = "127.0.0.1 localhost kubernetes.default.svc\n";

  @Test
  void seesAllByFewCalls(World world) throws IOException {
    world.addTool("passed", 50_001);
    assertThat(world.run("--once").status()).isZero();
    Kubectl kubectl = world.plane().kubectl();
    Authority authority =
        Authority.create(world.folder(), "signer").issue("server", "CN=kubernetes.default.svc");
    int port = URI.create(world.plane().server()).getPort();
    List<LoopbackProxy> proxies =
        IntStream.range(0, API_SERVERS)
            .mapToObj(_ -> LoopbackProxy.passing("127.0.0.1", port))
            .toList();
    try (TlsServer server = TlsServer.start("127.0.0.1", world.folder(), "server", false);
        var _ = GrantedComponent.apply(kubectl, "certificates");
        FaultyApiServer api = FaultyApiServer.start(world.plane())) {
      kubectl.apply(nodes(server.port()));
      kubectl.apply(webhooks(server.port(), authority));
      api.inject(
          call ->
              call.path().contains("/endpoints/kubernetes")
                  ? Optional.of(new FaultyApiServer.Answer(200, Map.of(), endpoints(proxies)))
                  : Optional.empty());
      world.connectTo(api.url());
      AuditLog audit = world.plane().auditLog();
      long start = System.nanoTime();

      ProgramRun run = world.startWithHosts(HOSTS, "certificates", "check").await();

      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(run.status()).as(run.output()).isZero();
      assertThat(run.output().lines().filter(line -> line.matches("kubelet +node-\\d+ .*well")))
          .hasSize(KUBELETS);
      assertThat(run.output().lines().filter(line -> line.matches("webhook +hook-\\d+.* well")))
          .hasSize(WEBHOOKS);
      assertThat(run.output().lines().filter(line -> line.matches("(apiserver|token-keys) .*well")))
          .hasSize(2 * API_SERVERS + 1);
      List<AuditLog.Call> calls = audit.calls(AuditLog.Call::isPrograms);
      System.out.printf(
          "certificates check: %d calls of the API server, %d ms; the program's start alone %d"
              + " ms%n",
          calls.size(), took.toMillis(), aStart(world).toMillis());
      assertThat(calls)
          .hasSizeBetween(1, MOST_CALLS)
          .noneMatch(AuditLog.Call::isWrite)
          .noneMatch(call -> call.resource().equals("secrets"));
    } finally {
      proxies.forEach(LoopbackProxy::close);
      kubectl.get("delete", "nodes", "--all");
      kubectl.get("delete", "validatingwebhookconfiguration", "many", "--ignore-not-found");
    }
  }

  private static Duration aStart(World world) {
    long start = System.nanoTime();
    assertThat(world.run("--version").status()).isZero();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static String nodes(int port) {
    return IntStream.range(0, KUBELETS)
        .mapToObj(
            number ->
                """
                apiVersion: v1
                kind: Node
                metadata: {name: node-%d}
                status:
                  addresses: [{type: InternalIP, address: 127.0.0.1}]
                  daemonEndpoints: {kubeletEndpoint: {Port: %d}}
                """
                    .formatted(number, port))
        .collect(Collectors.joining("---\n"));
  }

  /** They are for a kind of which there is no object, so that no call waits for them. */
  private static String webhooks(int port, Authority authority) throws IOException {
    String bundle = Base64.getEncoder().encodeToString(Files.readAllBytes(authority.certificate()));
    return IntStream.range(0, WEBHOOKS)
        .mapToObj(
            number ->
                """
                - name: hook-%d.example.org
                  failurePolicy: Ignore
                  sideEffects: None
                  admissionReviewVersions: [v1]
                  rules:
                  - {apiGroups: [example.org], apiVersions: [v1], operations: [CREATE], resources: [things]}
                  clientConfig:
                    service: {name: kubernetes, namespace: default, port: %d}
                    caBundle: %s
                """
                    .formatted(number, port, bundle))
        .collect(
            Collectors.joining(
                "",
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingWebhookConfiguration
                metadata: {name: many}
                webhooks:
                """,
                ""));
  }

  /** The API server takes none on loopback. */
  private static String endpoints(List<LoopbackProxy> servers) {
    return servers.stream()
        .map(
            server ->
                "{\"addresses\": [{\"ip\": \"127.0.0.1\"}], \"ports\": [{\"name\": \"https\","
                    + " \"port\": "
                    + server.port()
                    + "}]}")
        .collect(
            Collectors.joining(
                ",",
                "{\"apiVersion\": \"v1\", \"kind\": \"Endpoints\", \"metadata\": {\"name\":"
                    + " \"kubernetes\", \"namespace\": \"default\", \"uid\": \"1\","
                    + " \"resourceVersion\": \"1\"}, \"subsets\": [",
                "]}"));
  }
}
