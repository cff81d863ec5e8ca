package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.Resource;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1DaemonEndpoint;
import io.kubernetes.client.openapi.models.V1EndpointSlice;
import io.kubernetes.client.openapi.models.V1Endpoints;
import io.kubernetes.client.openapi.models.V1EndpointsList;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1NodeDaemonEndpoints;
import io.kubernetes.client.openapi.models.V1NodeList;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where certificates stand in the cluster. Reads one thing at a time, when it is asked for. */
public final class CertificateSources implements AutoCloseable {
  private static final String KUBERNETES = "kubernetes";
  private static final int KUBELET = 10_250;

  private final ClusterConnection connection;
  private final EndpointSource endpoint;

  public CertificateSources(
      ClusterConnection connection, ClusterSettings settings, InstantSource clock) {
    this.connection = requireNonNull(connection, "connection is null");
    this.endpoint = new EndpointSource(connection, settings, clock);
  }

  /** How clients and API server know each other. */
  public ClusterEndpoint endpoint() {
    endpoint.clusterInfo().load();
    endpoint.rootCa().load();
    endpoint.clientCas().load();
    return endpoint.endpoint();
  }

  public CertificateSecrets secrets() {
    return new CertificateSecrets(connection);
  }

  /** Whom the API server knows callers by, as every API server keeps it. */
  public AuthenticationCas authentication() {
    var configMaps =
        new Resource<>(connection, V1ConfigMap.class, V1ConfigMapList.class, "", "configmaps");
    Map<String, String> data =
        configMaps
            .find(ClientCas.NAMESPACE, ClientCas.CONFIG_MAP)
            .map(V1ConfigMap::getData)
            .orElse(Map.of());
    return new AuthenticationCas(
        pem(data, ClientCas.KEY), pem(data, "requestheader-client-ca-file"));
  }

  /** Each API server by itself, as they make themselves known; none where they do not. */
  public List<ServerAddress> apiServers() {
    Optional<V1EndpointSlice> slice = ServicePods.slices(connection).get("default", KUBERNETES);
    return slice.isPresent()
        ? slice.stream().flatMap(CertificateSources::addresses).toList()
        : endpoints();
  }

  /** Of servers before 1.21, which know no slices of version v1. */
  private List<ServerAddress> endpoints() {
    var endpoints =
        new Resource<>(connection, V1Endpoints.class, V1EndpointsList.class, "", "endpoints");
    return endpoints.get("default", KUBERNETES).stream()
        .flatMap(object -> object.getSubsets().stream())
        .flatMap(
            subset ->
                subset.getPorts().stream()
                    .flatMap(
                        port ->
                            subset.getAddresses().stream()
                                .map(address -> ServerAddress.of(address.getIp(), port.getPort()))))
        .toList();
  }

  private static Stream<ServerAddress> addresses(V1EndpointSlice slice) {
    return slice.getPorts().stream()
        .flatMap(
            port ->
                slice.getEndpoints().stream()
                    .flatMap(endpoint -> endpoint.getAddresses().stream())
                    .map(address -> ServerAddress.of(address, port.getPort())));
  }

  /** The kubelet of each node. */
  public List<ServerAddress> kubelets() {
    var nodes = new Resource<>(connection, V1Node.class, V1NodeList.class, "", "nodes");
    return nodes.all().stream()
        .filter(node -> node.getStatus() != null)
        .flatMap(
            node ->
                node.getStatus().getAddresses().stream()
                    .filter(address -> address.getType().equals("InternalIP"))
                    .limit(1)
                    .map(
                        address ->
                            new ServerAddress(
                                node.getMetadata().getName(), address.getAddress(), port(node))))
        .toList();
  }

  private static int port(V1Node node) {
    return Optional.ofNullable(node.getStatus().getDaemonEndpoints())
        .map(V1NodeDaemonEndpoints::getKubeletEndpoint)
        .map(V1DaemonEndpoint::getPort)
        .orElse(KUBELET);
  }

  /**
   * By which keys an API server knows ServiceAccount tokens.
   *
   * @throws ClusterException when it does not tell
   */
  public TokenKeys tokenKeys(ServerAddress server) {
    return TokenKeys.read(connection, server);
  }

  /** All requests for certificates that the cluster holds. */
  public List<RequestState> requests() {
    return RequestState.all(connection);
  }

  /** What converts objects of custom resources from one version to another. */
  public List<CalledService> conversions() {
    return new CalledServices(connection).conversions();
  }

  public List<CalledService> webhooks() {
    return new CalledServices(connection).webhooks();
  }

  /** The APIs that others than the API server answer. */
  public List<CalledService> apiServices() {
    return new CalledServices(connection).apiServices();
  }

  /**
   * The pods behind Services.
   *
   * @return empty where the API server knows no slices of version v1, as before Kubernetes 1.21
   */
  public Optional<ServicePods> pods(Collection<ServerAddress> services) {
    try {
      return Optional.of(ServicePods.read(connection, services));
    } catch (ClusterException e) {
      if (e.reason() == ClusterException.Reason.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Optional<byte[]> pem(Map<String, String> data, String key) {
    return Optional.ofNullable(data.get(key))
        .filter(pem -> !pem.isBlank())
        .map(pem -> pem.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    connection.close();
  }
}
