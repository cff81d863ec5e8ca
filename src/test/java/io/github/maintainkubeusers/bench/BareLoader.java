package io.github.maintainkubeusers.bench;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The reference for new accounts: what must be written for each, in the same number of calls and as
 * many accounts at once, and nothing else. No keys, no files, no looking at answers. Nobody waits
 * for events here either: they are written at the program's pace meanwhile. Its namespaces are not
 * of a name that the program would take for a tool's.
 */
final class BareLoader {
  private static final int MILLISECONDS_PER_EVENT = 100;
  private static final String EVENT_NAME = "maintain-kubeusers.credentials-issued";
  private static final String EVENT =
      """
      {"apiVersion": "v1", "kind": "Event",
       "metadata": {"name": "EVENT", "namespace": "NAMESPACE"},
       "involvedObject": {"apiVersion": "v1", "kind": "ConfigMap", "namespace": "NAMESPACE", "name": "maintain-kubeusers"},
       "type": "Normal", "reason": "Issued", "message": "New credentials are in the home", "count": 1,
       "firstTimestamp": "2026-01-01T00:00:00Z", "lastTimestamp": "2026-01-01T00:00:00Z",
       "source": {"component": "bench"}}
      """;

  private final Api api;
  private final Signer signer;
  private final Template template;
  private final Queue<String> untold = new ConcurrentLinkedQueue<>();

  BareLoader(Api api, Signer signer, Template template) {
    this.api = api;
    this.signer = signer;
    this.template = template;
  }

  /**
   * @return the seconds it took
   */
  double load(int first, int last, int atOnce) {
    try (var events = Executors.newSingleThreadScheduledExecutor()) {
      var telling =
          events.scheduleAtFixedRate(this::tell, 0, MILLISECONDS_PER_EVENT, TimeUnit.MILLISECONDS);
      long start = System.nanoTime();
      SideBySide.each(first, last, atOnce, this::one);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (telling.isDone()) {
        throw new IllegalStateException("events could not be written", telling.exceptionNow());
      }
      return seconds;
    }
  }

  private void tell() {
    String namespace = untold.poll();
    if (namespace != null) {
      api.apply(
          "/api/v1/namespaces/" + namespace + "/events/" + EVENT_NAME,
          JsonParser.parseString(EVENT.replace("EVENT", EVENT_NAME).replace("NAMESPACE", namespace))
              .getAsJsonObject());
    }
  }

  private void one(int number) {
    String name = Site.name(number);
    Map<String, JsonObject> objects = template.objects(name, "loaded-" + name, Site.uid(number));
    String namespace = objects.keySet().iterator().next();
    List<String> paths =
        objects.keySet().stream().filter(path -> !path.contains("/kube-root-ca.crt")).toList();
    api.apply(namespace, withoutRecord(objects.get(namespace)));
    paths.stream()
        .filter(path -> !path.equals(namespace) && !path.contains("/configmaps/"))
        .forEach(path -> api.apply(path, objects.get(path)));
    signer.delete(signer.sign());
    api.apply(namespace, objects.get(namespace));
    paths.stream()
        .filter(path -> path.contains("/configmaps/"))
        .forEach(path -> api.apply(path, objects.get(path)));
    untold.add("loaded-" + name);
  }

  private static JsonObject withoutRecord(JsonObject namespace) {
    JsonObject copy = namespace.deepCopy();
    copy.getAsJsonObject("metadata").remove("annotations");
    return copy;
  }
}
