package io.github.maintainkubeusers.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;

/** What each anchor stands for so far, and what aliases have cost. */
final class Anchors {
  private final YamlLimits limits;
  private final Map<String, Optional<Anchored>> byName = new HashMap<>();
  private long nodes;
  private int aliases;

  Anchors(YamlLimits limits) {
    this.limits = limits;
  }

  /** Reads a node, under its anchor if it has one. */
  YamlNode anchored(NodeEvent event, Events events, Supplier<YamlNode> reading) {
    count(1, event, events);
    if (event.getAnchor().isEmpty()) {
      return reading.get();
    }
    var name = event.getAnchor().get().getValue();
    byName.put(name, Optional.empty());
    long before = nodes - 1;
    var node = reading.get();
    byName.put(name, Optional.of(new Anchored(node, nodes - before)));
    return node;
  }

  YamlNode resolve(AliasEvent event, Events events) {
    var anchored = byName.get(event.getAlias().getValue());
    if (anchored == null) {
      throw events.fault(event, "found an alias without an anchor before it");
    }
    var target =
        anchored.orElseThrow(() -> events.fault(event, "found an alias within what it stands for"));
    if (++aliases > limits.maxAliases()) {
      throw events.fault(event, "found more than " + limits.maxAliases() + " aliases");
    }
    count(target.nodes(), event, events);
    return target.node();
  }

  private void count(long more, NodeEvent event, Events events) {
    nodes += more;
    if (nodes > limits.maxNodes()) {
      throw events.fault(
          event, "found more than " + limits.maxNodes() + " nodes, with those of aliases");
    }
  }

  /**
   * @param nodes how many there are in it, with those that aliases in it stand for
   */
  private record Anchored(YamlNode node, long nodes) {}
}
