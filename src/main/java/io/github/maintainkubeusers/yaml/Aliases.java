package io.github.maintainkubeusers.yaml;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;

/** Puts copies where aliases stand that can stand there no longer. */
final class Aliases {
  private Aliases() {}

  /** Those through which a change of the node would be seen. */
  static void expandAround(YamlNode node, YamlNode tree) {
    expand(tree, target -> contains(target, node));
  }

  /** Those whose anchor is no longer in the tree. */
  static void expandDangling(YamlNode tree) {
    Set<YamlNode> present = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(tree, present);
    expand(tree, target -> !present.contains(target));
  }

  private static void expand(YamlNode tree, Predicate<YamlNode> which) {
    if (tree instanceof YamlCollection collection) {
      collection.present().forEach(entry -> expand(entry, which));
    }
  }

  private static void expand(CollectionEntry entry, Predicate<YamlNode> which) {
    if (!(entry.value() instanceof YamlAlias alias)) {
      expand(entry.value(), which);
    } else if (which.test(alias.resolved())) {
      entry.replace(alias.copy());
    }
  }

  private static boolean contains(YamlNode tree, YamlNode wanted) {
    return tree == wanted
        || (tree instanceof YamlCollection collection
            && collection.present().stream().anyMatch(entry -> contains(entry.value(), wanted)));
  }

  private static void collect(YamlNode tree, Set<YamlNode> nodes) {
    nodes.add(tree);
    if (tree instanceof YamlCollection collection) {
      collection
          .present()
          .forEach(
              entry -> {
                entry.key().ifPresent(nodes::add);
                collect(entry.value(), nodes);
              });
    }
  }
}
