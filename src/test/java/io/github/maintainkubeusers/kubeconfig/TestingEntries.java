package io.github.maintainkubeusers.kubeconfig;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Entries as Toolforge has them. */
final class TestingEntries {
  static final byte[] CA =
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
          .getBytes(StandardCharsets.US_ASCII);
  static final String CA_DATA =
      "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCkFBQUEKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=";

  private TestingEntries() {}

  static KubeconfigEntry tool(String name) {
    return new KubeconfigEntry(
        "toolforge",
        "toolforge",
        "tf-" + name,
        "https://k8s.example:6443",
        CA,
        Optional.of("tool-" + name),
        "../.toolskube/client.crt",
        "../.toolskube/client.key");
  }

  static KubeconfigEntry admin(String name) {
    return new KubeconfigEntry(
        "toolforge",
        "toolforge",
        "tf-" + name,
        "https://k8s.example:6443",
        CA,
        Optional.empty(),
        "../.admkube/client.crt",
        "../.admkube/client.key");
  }

  /** Of a server behind a proxy that shows another name, with certificate and key embedded. */
  static KubeconfigEntry embedded(String name, String tlsServerName, String proxyUrl) {
    KubeconfigEntry tool = tool(name);
    return new KubeconfigEntry(
        tool.clusterName(),
        tool.contextName(),
        tool.userName(),
        tool.server(),
        tool.certificateAuthority(),
        tool.namespace(),
        tool.certificatePath(),
        tool.keyPath(),
        Optional.of(new KubeconfigEntry.Pair(CA, CA)),
        Optional.of(tlsServerName),
        Optional.of(proxyUrl));
  }

  static String merged(String existing, KubeconfigEntry entry) {
    var bytes = Kubeconfig.merge(existing.getBytes(StandardCharsets.UTF_8), entry);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static String merged(String existing) {
    return merged(existing, tool("fourohfour"));
  }

  static boolean matches(String existing) {
    return Kubeconfig.matches(existing.getBytes(StandardCharsets.UTF_8), tool("fourohfour"));
  }
}
