package io.github.maintainkubeusers.kubeconfig;

import io.github.maintainkubeusers.yaml.YamlLimits;
import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlScalar;
import io.github.maintainkubeusers.yaml.YamlSequence;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a kubeconfig must look like for kubectl to read it. Null counts as absent, as it does there.
 */
final class Shape {
  /** Larger files are not read: kubectl's own are a few KiB for each cluster. */
  static final int MAX_BYTES = 1 << 20;

  static final YamlLimits LIMITS = YamlLimits.ofBytes(MAX_BYTES);

  private Shape() {}

  /**
   * @throws io.github.maintainkubeusers.yaml.YamlException when this is not a kubeconfig
   */
  static YamlMapping check(YamlNode root) {
    var config = mapping(root, "the file");
    checkConstant(config, "apiVersion", "v1");
    checkConstant(config, "kind", "Config");
    checkNoMergeKey(config);
    checkAbsentOrText(config, "current-context");
    EntryKind.all().forEach(kind -> checkList(config, kind));
    return config;
  }

  static YamlMapping mapping(YamlNode node, String name) {
    if (node instanceof YamlMapping mapping) {
      return mapping;
    }
    throw node.fault(name + " is " + node.kind() + ", not a mapping");
  }

  static YamlSequence sequence(YamlNode node, String name) {
    if (node instanceof YamlSequence sequence) {
      return sequence;
    }
    throw node.fault(name + " is " + node.kind() + ", not a list");
  }

  /** The list, which has been checked. */
  static YamlSequence list(YamlMapping config, EntryKind kind) {
    return (YamlSequence) config.get(kind.listKey()).orElseThrow();
  }

  /** The items of a list, which has been checked; none when it is absent. */
  static Stream<YamlNode> items(YamlMapping config, EntryKind kind) {
    return Nodes.isAbsent(config.get(kind.listKey()))
        ? Stream.empty()
        : list(config, kind).items().stream();
  }

  /** The bodies of the items of this name. */
  static Stream<YamlMapping> bodies(YamlMapping config, EntryKind kind, String name) {
    return items(config, kind)
        .filter(item -> name(item).equals(name))
        .flatMap(item -> body(item, kind));
  }

  /** The body of an item; none when it is absent. */
  static Stream<YamlMapping> body(YamlNode item, EntryKind kind) {
    return ((YamlMapping) item)
            .get(kind.bodyKey())
            .filter(YamlMapping.class::isInstance)
            .map(YamlMapping.class::cast)
            .stream();
  }

  /** The name of a list's item, which has been checked. */
  static String name(YamlNode item) {
    return ((YamlScalar) ((YamlMapping) item).get("name").orElseThrow()).text();
  }

  private static void checkConstant(YamlMapping config, String key, String expected) {
    config
        .get(key)
        .filter(node -> !Nodes.isBlank(Optional.of(node)))
        .ifPresent(
            node -> {
              if (!(node instanceof YamlScalar scalar) || !scalar.text().equals(expected)) {
                throw node.fault(key + " is not " + expected);
              }
            });
  }

  /** Readers of YAML 1.1 would see lists through it that are not here. */
  private static void checkNoMergeKey(YamlMapping config) {
    config.keys().stream()
        .filter(key -> key.text().equals("<<"))
        .forEach(
            key -> {
              throw key.fault("merge keys are not supported here");
            });
  }

  private static void checkList(YamlMapping config, EntryKind kind) {
    config
        .get(kind.listKey())
        .filter(node -> !Nodes.isNull(node))
        .map(node -> sequence(node, kind.listKey()))
        .ifPresent(list -> list.items().forEach(item -> checkItem(item, kind)));
  }

  private static void checkItem(YamlNode item, EntryKind kind) {
    var entry = mapping(item, "an entry of " + kind.listKey());
    checkName(entry, kind);
    entry
        .get(kind.bodyKey())
        .filter(body -> !Nodes.isNull(body))
        .ifPresent(body -> mapping(body, kind.bodyKey()));
  }

  private static void checkName(YamlMapping entry, EntryKind kind) {
    var name =
        entry
            .get("name")
            .orElseThrow(() -> entry.fault("an entry of " + kind.listKey() + " has no name"));
    if (!isText(name)) {
      throw name.fault(
          "the name of an entry of " + kind.listKey() + " is " + name.kind() + ", not text");
    }
  }

  private static void checkAbsentOrText(YamlMapping config, String key) {
    config
        .get(key)
        .filter(node -> !Nodes.isNull(node) && !isText(node))
        .ifPresent(
            node -> {
              throw node.fault(key + " is " + node.kind() + ", not text");
            });
  }

  /** What only some readers take for text is left to kubectl. */
  private static boolean isText(YamlNode node) {
    return node instanceof YamlScalar scalar
        && switch (scalar.type()) {
          case TEXT, DISPUTED -> true;
          case NULL, BOOLEAN, INTEGER, FLOAT -> false;
        };
  }
}
