package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.kube.ClusterListener;
import io.github.maintainkubeusers.testing.CannedApiServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicePodsTest {
  private static final ServerAddress HOOK = service("hook");

  @TempDir private Path folder;

  @Test
  void areThoseThatAreReadyOfAllSlices() {
    ServicePods pods =
        read(
            slice(
                "hook",
                "[{\"port\": 8443}]",
                "{\"addresses\": [\"10.0.0.1\"], \"conditions\": {\"ready\": true}}",
                "{\"addresses\": [\"10.0.0.2\"], \"conditions\": {\"ready\": false}}",
                "{\"addresses\": [\"10.0.0.3\"], \"conditions\": {}}"),
            slice("hook", "[{\"port\": 8443}]", "{\"addresses\": [\"fd00::1\"]}"));

    assertThat(pods.isReady(HOOK)).isTrue();
    assertThat(pods.addresses(HOOK))
        .extracting(ServerAddress::name)
        .containsExactly("10.0.0.1:8443", "10.0.0.3:8443", "[fd00::1]:8443");
  }

  @Test
  void areNoneWhereNoneIsReady() {
    ServicePods pods =
        read(
            slice(
                "hook",
                "null",
                "{\"addresses\": [\"10.0.0.2\"], \"conditions\": {\"ready\": false}}"),
            "{\"metadata\": {\"name\": \"s\", \"namespace\": \"example\", \"labels\":"
                + " {\"kubernetes.io/service-name\": \"hook\"}}, \"endpoints\": null}");

    assertThat(pods.isReady(HOOK)).isFalse();
    assertThat(pods.addresses(HOOK)).isEmpty();
    assertThat(pods.isReady(service("other"))).isFalse();
  }

  /** Which of several ports the Service's is, slices do not tell. */
  @Test
  void haveNoAddressWhereThereAreSeveralPorts() {
    ServicePods pods =
        read(
            slice(
                "hook", "[{\"port\": 8443}, {\"port\": 9000}]", "{\"addresses\": [\"10.0.0.1\"]}"));

    assertThat(pods.isReady(HOOK)).isTrue();
    assertThat(pods.addresses(HOOK)).isEmpty();
  }

  @Test
  void areAskedForByName() {
    try (var server =
        new CannedApiServer(folder, ClusterListener.NONE, _ -> CannedApiServer.list())) {
      List<ServerAddress> many =
          IntStream.range(0, 101).mapToObj(i -> service("hook-" + i)).toList();

      ServicePods pods = ServicePods.read(server.connection(), many);

      assertThat(pods.ready()).isEmpty();
      assertThat(server.calls())
          .extracting(CannedApiServer.Call::query)
          .hasSize(2)
          .allMatch(query -> query.contains("labelSelector=kubernetes.io/service-name in (hook-"));
    }
  }

  private ServicePods read(String... slices) {
    try (var server =
        new CannedApiServer(folder, ClusterListener.NONE, _ -> CannedApiServer.list(slices))) {
      return ServicePods.read(server.connection(), List.of(HOOK));
    }
  }

  private static String slice(String service, String ports, String... endpoints) {
    return "{\"metadata\": {\"name\": \"s\", \"namespace\": \"example\", \"labels\":"
        + " {\"kubernetes.io/service-name\": \""
        + service
        + "\"}}, \"ports\": "
        + ports
        + ", \"endpoints\": "
        + Arrays.toString(endpoints)
        + "}";
  }

  private static ServerAddress service(String name) {
    String host = name + ".example.svc";
    return new ServerAddress(host, host, 443);
  }
}
