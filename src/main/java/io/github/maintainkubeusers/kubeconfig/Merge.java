package io.github.maintainkubeusers.kubeconfig;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.github.maintainkubeusers.yaml.YamlDocument;
import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlSequence;

/** Puts our entries into a kubeconfig that has been checked. */
record Merge(YamlDocument document, YamlMapping config, KubeconfigEntry entry) {
    void apply() {
        EntryKind.all().forEach(this::merge);
        if (Shape.isBlank(config.get("current-context"))) {
            config.put("current-context", entry.contextName());
        }
    }

    private void merge(EntryKind kind) {
        var list = unsharedList(kind);
        var ours = places(list, kind);
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
        if (Shape.isAbsent(present) || isEmptyList(present)) {
            var list = YamlSequence.create();
            config.put(kind.listKey(), list);
            return list;
        }
        return document.unshared(() -> Shape.list(config, kind));
    }

    private static boolean isEmptyList(Optional<YamlNode> node) {
        return node.isPresent() && node.get() instanceof YamlSequence list && list.isEmpty();
    }

    /** Where the entries with our name are. */
    private List<Integer> places(YamlSequence list, EntryKind kind) {
        var items = list.items();
        return IntStream.range(0, items.size()).filter(i -> Shape.name(items.get(i)).equals(kind.name(entry))).boxed()
                .toList();
    }

    private void fill(EntryKind kind, YamlSequence list, int place) {
        var item = document.unshared(() -> (YamlMapping) list.items().get(place));
        if (Shape.isAbsent(item.get(kind.bodyKey()))) {
            item.put(kind.bodyKey(), YamlMapping.create());
        }
        kind.fill(document.unshared(() -> (YamlMapping) item.get(kind.bodyKey()).orElseThrow()), entry);
    }
}
