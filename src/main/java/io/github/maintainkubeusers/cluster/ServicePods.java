package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.kubernetes.client.openapi.models.DiscoveryV1EndpointPort;
import io.kubernetes.client.openapi.models.V1EndpointSlice;
import io.kubernetes.client.openapi.models.V1EndpointSliceList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The pods behind Services that are ready, as their EndpointSlices name them.
 *
 * @param ready the Services that have such a pod, by their names in the cluster
 * @param addresses of those pods, by the same names; without those of Services with several ports,
 *     of which the slices do not tell which is asked for
 */
public record ServicePods(Set<String> ready, Map<String, List<ServerAddress>> addresses) {
  /** So that a selector stays far below what a server takes for a URL. */
  private static final int MOST_NAMES = 100;

  private static final String SERVICE = "kubernetes.io/service-name";

  public ServicePods {
    ready = Set.copyOf(ready);
    addresses = Map.copyOf(addresses);
  }

  /** Whether a pod behind this Service is ready. */
  public boolean isReady(ServerAddress service) {
    return ready.contains(service.host());
  }

  public List<ServerAddress> addresses(ServerAddress service) {
    return addresses.getOrDefault(service.host(), List.of());
  }

  /** By one list for a hundred Services. */
  static ServicePods read(ClusterConnection connection, Collection<ServerAddress> services) {
    Resource<V1EndpointSlice> slices = slices(connection);
    var names = new TreeSet<String>();
    services.forEach(service -> names.add(service.host().split("\\.", 2)[0]));
    var ready = new HashSet<String>();
    var addresses = new HashMap<String, List<ServerAddress>>();
    var rest = List.copyOf(names);
    while (!rest.isEmpty()) {
      List<String> some = rest.subList(0, Math.min(MOST_NAMES, rest.size()));
      long _ =
          slices.listAll(
              new Selection("", "", SERVICE + " in (" + String.join(",", some) + ")"),
              slice -> {
                String host = host(slice);
                List<String> found = ready(slice);
                if (!found.isEmpty()) {
                  ready.add(host);
                  addresses.computeIfAbsent(host, _ -> new ArrayList<>()).addAll(of(slice, found));
                }
              });
      rest = rest.subList(some.size(), rest.size());
    }
    return new ServicePods(ready, addresses);
  }

  static Resource<V1EndpointSlice> slices(ClusterConnection connection) {
    return new Resource<>(
        connection,
        V1EndpointSlice.class,
        V1EndpointSliceList.class,
        "discovery.k8s.io",
        "endpointslices");
  }

  /** What a Service is called in the cluster. */
  static String host(String namespace, String name) {
    return name + "." + namespace + ".svc";
  }

  private static String host(V1EndpointSlice slice) {
    return host(slice.getMetadata().getNamespace(), slice.getMetadata().getLabels().get(SERVICE));
  }

  /** What says nothing is ready: so has the API. */
  private static List<String> ready(V1EndpointSlice slice) {
    return Stream.ofNullable(slice.getEndpoints())
        .flatMap(List::stream)
        .filter(
            endpoint ->
                endpoint.getConditions() == null
                    || !Objects.equals(endpoint.getConditions().getReady(), false))
        .flatMap(endpoint -> endpoint.getAddresses().stream())
        .toList();
  }

  private static List<ServerAddress> of(V1EndpointSlice slice, List<String> ready) {
    List<Integer> ports =
        Stream.ofNullable(slice.getPorts())
            .flatMap(List::stream)
            .map(DiscoveryV1EndpointPort::getPort)
            .filter(Objects::nonNull)
            .toList();
    return ports.size() == 1
        ? ready.stream().map(address -> ServerAddress.of(address, ports.getFirst())).toList()
        : List.of();
  }
}
