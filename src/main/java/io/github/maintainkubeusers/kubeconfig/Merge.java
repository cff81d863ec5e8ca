package io.github.maintainkubeusers.kubeconfig;

import io.github.maintainkubeusers.yaml.YamlDocument;
import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlSequence;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Puts our entries into a kubeconfig that has been checked. */
record Merge(YamlDocument document, YamlMapping config, KubeconfigEntry entry) {
  void apply() {
    Optional<String> formerUser = formerUser();
    EntryKind.all().forEach(this::merge);
    formerUser.ifPresent(this::removeUser);
    if (Nodes.isBlank(config.get("current-context"))) {
      config.put("current-context", entry.contextName());
    }
  }

  /** The user of our context, when it is that of a name that the account had before. */
  private Optional<String> formerUser() {
    return Shape.bodies(config, EntryKind.CONTEXT, entry.contextName())
        .filter(context -> EntryKind.isOfFormerName(context, entry))
        .map(context -> Nodes.text(context.get("user")))
        .findFirst();
  }

  /**
   * One that has our certificate and that no context uses any more; what else its owner made of it
   * stays.
   */
  private void removeUser(String name) {
    boolean used =
        Shape.items(config, EntryKind.CONTEXT)
            .flatMap(item -> Shape.body(item, EntryKind.CONTEXT))
            .anyMatch(context -> Nodes.text(context.get("user")).equals(name));
    boolean ours =
        Shape.bodies(config, EntryKind.USER, name)
            .allMatch(
                user -> Nodes.text(user.get("client-certificate")).equals(entry.certificatePath()));
    if (!used && ours) {
      YamlSequence users = unsharedList(EntryKind.USER);
      places(users, name).reversed().forEach(users::remove);
    }
  }

  private void merge(EntryKind kind) {
    var list = unsharedList(kind);
    var ours = places(list, kind.name(entry));
    if (ours.isEmpty()) {
      list.append(NewKubeconfig.item(kind, entry));
    } else {
      ours.reversed().stream().limit(ours.size() - 1L).forEach(list::remove);
      fill(kind, list, ours.getFirst());
    }
  }

  /** One written as empty is made anew, so that it can be laid out in lines. */
  private YamlSequence unsharedList(EntryKind kind) {
    var present = config.get(kind.listKey());
    if (Nodes.isAbsent(present) || isEmptyList(present)) {
      var list = YamlSequence.create();
      config.put(kind.listKey(), list);
      return list;
    }
    return document.unshared(() -> Shape.list(config, kind));
  }

  private static boolean isEmptyList(Optional<YamlNode> node) {
    return node.isPresent() && node.get() instanceof YamlSequence list && list.isEmpty();
  }

  /** Where the entries of a name are. */
  private static List<Integer> places(YamlSequence list, String name) {
    var items = list.items();
    return IntStream.range(0, items.size())
        .filter(i -> Shape.name(items.get(i)).equals(name))
        .boxed()
        .toList();
  }

  private void fill(EntryKind kind, YamlSequence list, int place) {
    var item = document.unshared(() -> (YamlMapping) list.items().get(place));
    if (Nodes.isAbsent(item.get(kind.bodyKey()))) {
      item.put(kind.bodyKey(), YamlMapping.create());
    }
    kind.fill(document.unshared(() -> (YamlMapping) item.get(kind.bodyKey()).orElseThrow()), entry);
  }
}
