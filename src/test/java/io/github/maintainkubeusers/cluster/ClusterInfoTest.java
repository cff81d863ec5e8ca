package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterInfoTest {
  @Test
  void saysServerAndCa() {
    ClusterInfo info =
        read("{server: \"https://10.0.0.1:6443\", certificate-authority-data: Y2E=}");

    assertThat(info.endpoint().orElseThrow().server()).isEqualTo("https://10.0.0.1:6443");
    assertThat(info.endpoint().orElseThrow().caBundle())
        .isEqualTo("ca".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{server: \"http://10.0.0.1\", certificate-authority-data: Y2E=}|its server"
            + " \"http://10.0.0.1\" is not a URL",
        "{server: \"https://user:word@host\", certificate-authority-data: Y2E=}|is not a URL like"
            + " https://HOST:PORT",
        "{server: \"https://\", certificate-authority-data: Y2E=}|is not a URL like"
            + " https://HOST:PORT",
        "{server: [1], certificate-authority-data: Y2E=}|is not a URL like https://HOST:PORT",
        "{certificate-authority-data: Y2E=}|is not a URL like https://HOST:PORT",
        "{server: \"https://host\"}|it has no certificate-authority-data",
        "{server: \"https://host\", certificate-authority-data: \"\"}|it has no"
            + " certificate-authority-data",
        "{server: \"https://host\", certificate-authority-data: \"?\"}|is not base64",
        "7|names no cluster"
      })
  void saysWhyItCannotBeUsed(String cluster, String fault) {
    ClusterInfo info = read(cluster);

    assertThat(info.endpoint()).isEmpty();
    assertThat(info.fault()).contains(fault);
  }

  @Test
  void needNotBeAKubeconfig() {
    assertThat(of(Map.of("kubeconfig", "{")).fault()).contains("not YAML");
    assertThat(of(Map.of("kubeconfig", "clusters: []")).fault()).contains("names no cluster");
    assertThat(of(Map.of("other", "")).fault()).contains("no key kubeconfig");
    assertThat(of(null).fault()).contains("no key kubeconfig");
  }

  private static ClusterInfo read(String cluster) {
    return of(Map.of("kubeconfig", "clusters: [{name: \"\", cluster: " + cluster + "}]"));
  }

  private static ClusterInfo of(Map<String, String> data) {
    return ClusterInfo.of(
        new V1ConfigMap()
            .metadata(new V1ObjectMeta().namespace("kube-public").name("cluster-info"))
            .data(data));
  }
}
