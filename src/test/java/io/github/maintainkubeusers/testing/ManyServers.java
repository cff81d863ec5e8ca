package io.github.maintainkubeusers.testing;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a check of certificates meets in a large cluster: API servers, kubelets and webhooks, of
 * which each shows a certificate. The API servers are ways to the one that there is; the others are
 * one server under many names. While this is open, the program goes to the API server by a proxy
 * that tells of them.
 */
public final class ManyServers implements AutoCloseable {
  public static final int API_SERVERS = 3;
  public static final int KUBELETS = 50;
  public static final int WEBHOOKS = 30;

  /** What pods would find by their resolver. */
  private static final String HOSTS = "127.0.0.1 localhost kubernetes.default.svc\n";

  private final World world;
  private final List<LoopbackProxy> proxies;
  private final TlsServer server;
  private final FaultyApiServer api;
  private final GrantedComponent rights;

  private ManyServers(World world, FaultyApiServer api) {
    this.world = world;
    this.api = api;
    Authority authority =
        Authority.create(world.folder(), "signer").issue("server", "CN=kubernetes.default.svc");
    int port = URI.create(world.plane().server()).getPort();
    this.proxies =
        IntStream.range(0, API_SERVERS)
            .mapToObj(_ -> LoopbackProxy.passing("127.0.0.1", port))
            .toList();
    this.server = TlsServer.start("127.0.0.1", world.folder(), "server", false);
    Kubectl kubectl = world.plane().kubectl();
    this.rights = GrantedComponent.apply(kubectl, "certificates");
    kubectl.apply(nodes(server.port()));
    kubectl.apply(
        IdleWebhooks.of("kubernetes", server.port(), authority)
            .manifest(
                "many",
                IntStream.range(0, WEBHOOKS).mapToObj("hook-%d.example.org"::formatted).toList()));
  }

  public static ManyServers open(World world) {
    var servers = new ManyServers(world, FaultyApiServer.start(world.plane()));
    servers.api.inject(
        call ->
            call.path().contains("/endpoints/kubernetes")
                ? Optional.of(new FaultyApiServer.Answer(200, Map.of(), endpoints(servers.proxies)))
                : Optional.empty());
    world.connectTo(servers.api.url());
    return servers;
  }

  /** Runs {@code certificates check} as in a pod of that cluster. */
  public ProgramRun check() {
    return world.startWithHosts(HOSTS, "certificates", "check").await();
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

  @Override
  public void close() {
    world.connectTo(world.plane().server());
    Kubectl kubectl = world.plane().kubectl();
    kubectl.get("delete", "nodes", "--all");
    kubectl.get("delete", "validatingwebhookconfiguration", "many", "--ignore-not-found");
    rights.close();
    server.close();
    api.close();
    proxies.forEach(LoopbackProxy::close);
  }
}
