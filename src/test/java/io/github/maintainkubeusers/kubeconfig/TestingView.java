package io.github.maintainkubeusers.kubeconfig;

import io.github.maintainkubeusers.yaml.YamlDocument;
import io.github.maintainkubeusers.yaml.YamlLimits;
import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlScalar;
import io.github.maintainkubeusers.yaml.YamlSequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a kubeconfig says, as plain values to be compared. */
record TestingView(YamlMapping config, KubeconfigEntry entry) {
  static TestingView of(byte[] bytes, KubeconfigEntry entry) {
    var root = YamlDocument.parseFirst(bytes, YamlLimits.ofBytes(Kubeconfig.MAX_BYTES)).root();
    return new TestingView((YamlMapping) root.orElseThrow(), entry);
  }

  /** All at the root but the three lists and the current context. */
  Map<String, Object> rest() {
    var values = new HashMap<>(plain(config));
    EntryKind.all().forEach(kind -> values.remove(kind.listKey()));
    values.remove("current-context");
    return values;
  }

  List<Object> others(EntryKind kind) {
    return entries(kind).stream()
        .filter(item -> !isOurs(item, kind))
        .map(TestingView::plain)
        .toList();
  }

  /** The bodies of the entries with our name. */
  List<Map<String, Object>> ours(EntryKind kind) {
    return entries(kind).stream()
        .filter(item -> isOurs(item, kind))
        .map(item -> plain((YamlMapping) ((YamlMapping) item).get(kind.bodyKey()).orElseThrow()))
        .toList();
  }

  private List<YamlNode> entries(EntryKind kind) {
    return config
        .get(kind.listKey())
        .filter(YamlSequence.class::isInstance)
        .map(list -> ((YamlSequence) list).items())
        .orElse(List.of());
  }

  private boolean isOurs(YamlNode item, EntryKind kind) {
    return Shape.name(item).equals(kind.name(entry));
  }

  private static Object plain(YamlNode node) {
    return switch (node.resolved()) {
      case YamlScalar scalar when scalar.isText() -> scalar.text();
      case YamlScalar scalar -> scalar.type() + " " + scalar.text();
      case YamlSequence list -> list.items().stream().map(TestingView::plain).toList();
      case YamlMapping mapping -> plain(mapping);
      default -> throw new IllegalStateException(node.kind());
    };
  }

  private static Map<String, Object> plain(YamlMapping mapping) {
    var values = new HashMap<String, Object>();
    mapping
        .keys()
        .forEach(key -> values.put(key.text(), plain(mapping.get(key.text()).orElseThrow())));
    return values;
  }
}
