package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.Resource;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.CoreV1EventList;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Events about the ConfigMap {@code maintain-kubeusers} of a namespace: the one object of ours that
 * its users know, and that stands where its events must (an event's namespace is that of the object
 * it regards).
 */
public final class KubernetesEvents implements EventWriter {
  /** The API server refuses longer ones. */
  private static final int MAX_MESSAGE = 1024;

  private final Resource<CoreV1Event> resource;
  private final String ownNamespace;

  public KubernetesEvents(ClusterConnection connection, String ownNamespace) {
    this.resource =
        new Resource<>(connection, CoreV1Event.class, CoreV1EventList.class, "", "events");
    this.ownNamespace = requireNonNull(ownNamespace, "ownNamespace is null");
  }

  @Override
  public void write(ClusterEvent event) {
    String namespace = event.tool().map(Names::namespace).orElse(ownNamespace);
    CoreV1Event _ = resource.apply(namespace, event.name(), manifest(event, namespace));
  }

  private static Map<String, Object> manifest(ClusterEvent event, String namespace) {
    return Map.ofEntries(
        Map.entry("apiVersion", "v1"),
        Map.entry("kind", "Event"),
        Map.entry("metadata", Map.of("name", event.name(), "namespace", namespace)),
        Map.entry(
            "involvedObject",
            Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "namespace",
                namespace,
                "name",
                Names.RECORD)),
        Map.entry("type", event.warning() ? "Warning" : "Normal"),
        Map.entry("reason", event.reason()),
        Map.entry("message", bounded(event.message())),
        Map.entry("count", event.count()),
        Map.entry("firstTimestamp", event.first().truncatedTo(ChronoUnit.SECONDS).toString()),
        Map.entry("lastTimestamp", event.last().truncatedTo(ChronoUnit.SECONDS).toString()),
        Map.entry("source", Map.of("component", Resource.FIELD_MANAGER)));
  }

  private static String bounded(String message) {
    return message.length() <= MAX_MESSAGE
        ? message
        : message.substring(0, MAX_MESSAGE - 3) + "...";
  }
}
