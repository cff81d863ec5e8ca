package io.github.maintainkubeusers.kubeconfig;

import io.github.maintainkubeusers.yaml.YamlMapping;
import java.util.Arrays;
import java.util.List;

/** The three lists of a kubeconfig, and what an entry of ours looks like in each. */
enum EntryKind {
  CLUSTER("clusters", "cluster") {
    @Override
    String name(KubeconfigEntry entry) {
      return entry.clusterName();
    }

    @Override
    void fill(YamlMapping cluster, KubeconfigEntry entry) {
      removeAll(cluster, CONFLICTS_WITH_CLUSTER);
      cluster
          .put("certificate-authority-data", KubeconfigEntry.data(entry.certificateAuthority()))
          .put("server", entry.server());
      entry.proxyUrl().ifPresent(url -> cluster.put("proxy-url", url));
      entry.tlsServerName().ifPresent(name -> cluster.put("tls-server-name", name));
    }
  },
  CONTEXT("contexts", "context") {
    @Override
    String name(KubeconfigEntry entry) {
      return entry.contextName();
    }

    @Override
    void fill(YamlMapping context, KubeconfigEntry entry) {
      removeAll(context, List.of(MERGE_KEY));
      context.put("cluster", entry.clusterName());
      if (Nodes.isBlank(context.get("namespace")) || isOfFormerName(context, entry)) {
        entry.namespace().ifPresent(namespace -> context.put("namespace", namespace));
      }
      context.put("user", entry.userName());
    }
  },
  USER("users", "user") {
    @Override
    String name(KubeconfigEntry entry) {
      return entry.userName();
    }

    @Override
    void fill(YamlMapping user, KubeconfigEntry entry) {
      removeAll(user, CONFLICTS_WITH_CERTIFICATE);
      if (entry.embedded().isPresent()) {
        KubeconfigEntry.Pair pair = entry.embedded().get();
        removeAll(user, List.of("client-certificate", "client-key"));
        user.put("client-certificate-data", KubeconfigEntry.data(pair.certificate()))
            .put("client-key-data", KubeconfigEntry.data(pair.key()));
      } else {
        removeAll(user, List.of("client-certificate-data", "client-key-data"));
        user.put("client-certificate", entry.certificatePath()).put("client-key", entry.keyPath());
      }
    }
  };

  /** Readers of YAML 1.1 would take in what is not written here. */
  private static final String MERGE_KEY = "<<";

  private static final List<String> CONFLICTS_WITH_CLUSTER =
      List.of(MERGE_KEY, "certificate-authority", "insecure-skip-tls-verify");
  private static final List<String> CONFLICTS_WITH_CERTIFICATE =
      List.of(MERGE_KEY, "token", "tokenFile", "username", "password", "exec", "auth-provider");

  private final String listKey;
  private final String bodyKey;

  EntryKind(String listKey, String bodyKey) {
    this.listKey = listKey;
    this.bodyKey = bodyKey;
  }

  /** The list's key at the root. */
  String listKey() {
    return listKey;
  }

  /** The key beside {@code name} in each of the list's entries. */
  String bodyKey() {
    return bodyKey;
  }

  /** Which of the list's entries is ours. */
  abstract String name(KubeconfigEntry entry);

  /** Makes a body ours: sets what we know, removes what conflicts with it, leaves the rest. */
  abstract void fill(YamlMapping body, KubeconfigEntry entry);

  static List<EntryKind> all() {
    return Arrays.asList(values());
  }

  /**
   * Whether user and namespace of our context were written for a name that the account had before,
   * {@code tf-OLD} and {@code tool-OLD}: kept, that namespace would be forbidden for good.
   */
  static boolean isOfFormerName(YamlMapping context, KubeconfigEntry entry) {
    String user = Nodes.text(context.get("user"));
    String in = Nodes.text(context.get("namespace"));
    return !user.equals(entry.userName())
        && entry.namespace().filter(ours -> head(in).equals(head(ours))).isPresent()
        && head(user).equals(head(entry.userName()))
        && user.substring(head(user).length()).equals(in.substring(head(in).length()));
  }

  private static String head(String name) {
    return name.substring(0, name.indexOf('-') + 1);
  }

  private static void removeAll(YamlMapping body, List<String> keys) {
    keys.forEach(body::remove);
  }
}
