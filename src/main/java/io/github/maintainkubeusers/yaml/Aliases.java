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
      collection.present().forEach(slot -> expand(slot, which));
    }
  }

  private static void expand(Slot slot, Predicate<YamlNode> which) {
    if (!(slot.value() instanceof YamlAlias alias)) {
      expand(slot.value(), which);
    } else if (which.test(alias.resolved())) {
      slot.replace(alias.copy());
    }
  }

  private static boolean contains(YamlNode tree, YamlNode wanted) {
    return tree == wanted
        || (tree instanceof YamlCollection collection
            && collection.present().stream().anyMatch(slot -> contains(slot.value(), wanted)));
  }

  private static void collect(YamlNode tree, Set<YamlNode> nodes) {
    nodes.add(tree);
    if (tree instanceof YamlCollection collection) {
      collection
          .present()
          .forEach(
              slot -> {
                slot.key().ifPresent(nodes::add);
                collect(slot.value(), nodes);
              });
    }
  }
}
