package io.github.maintainkubeusers.bench;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * The reference for a start: the lists that must be read, in the same pages, and read no further
 * than to the next.
 */
final class BareLists {
  private static final List<String> LISTS =
      List.of(
          "/api/v1/namespaces?",
          "/api/v1/resourcequotas?",
          "/api/v1/limitranges?",
          "/apis/rbac.authorization.k8s.io/v1/rolebindings?",
          "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings?",
          "/api/v1/configmaps?fieldSelector=metadata.name%3Dmaintain-kubeusers&");

  private final Api api;

  BareLists(Api api) {
    this.api = api;
  }

  /**
   * @return the seconds it took
   */
  double read() {
    long start = System.nanoTime();
    LISTS.forEach(this::read);
    return (System.nanoTime() - start) / 1e9;
  }

  private void read(String list) {
    String next = "";
    do {
      JsonObject page = api.get(list + "limit=500" + next).getAsJsonObject("metadata");
      next = page.has("continue") ? "&continue=" + page.get("continue").getAsString() : "";
    } while (!next.isEmpty());
  }
}
