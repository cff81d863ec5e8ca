package io.github.maintainkubeusers.kubeconfig;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.maintainkubeusers.yaml.YamlDocument;
import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlSequence;

/** Puts our entries into a kubeconfig that has been checked. */
record Merge(YamlDocument document, YamlMapping config, KubeconfigEntry entry) {
    void apply() {
        Optional<String> formerUser = formerUser();
        EntryKind.all().forEach(this::merge);
        formerUser.ifPresent(this::removeUser);
        if (Shape.isBlank(config.get("current-context"))) {
            config.put("current-context", entry.contextName());
        }
    }

    /** The user of our context, when it is that of a name that the account had before. */
    private Optional<String> formerUser() {
        return bodies(EntryKind.CONTEXT, entry.contextName()).filter(context -> entry
                .isOfFormerName(Shape.text(context.get("user")), Shape.text(context.get("namespace"))))
                .map(context -> Shape.text(context.get("user"))).findFirst();
    }

    /** One that has our certificate and that no context uses any more; what else its owner made of it stays. */
    private void removeUser(String name) {
        boolean used = contexts().anyMatch(context -> Shape.text(context.get("user")).equals(name));
        boolean ours = bodies(EntryKind.USER, name).allMatch(
                user -> Shape.text(user.get("client-certificate")).equals(entry.certificatePath()));
        if (!used && ours) {
            YamlSequence users = unsharedList(EntryKind.USER);
            IntStream.iterate(users.items().size() - 1, i -> i >= 0, i -> i - 1)
                    .filter(i -> Shape.name(users.items().get(i)).equals(name)).forEach(users::remove);
        }
    }

    private Stream<YamlMapping> contexts() {
        return items(EntryKind.CONTEXT).flatMap(item -> body(EntryKind.CONTEXT, item));
    }

    private Stream<YamlMapping> bodies(EntryKind kind, String name) {
        return items(kind).filter(item -> Shape.name(item).equals(name)).flatMap(item -> body(kind, item));
    }

    private Stream<YamlNode> items(EntryKind kind) {
        return config.get(kind.listKey()).map(YamlNode::resolved).filter(YamlSequence.class::isInstance).stream()
                .flatMap(list -> ((YamlSequence) list).items().stream());
    }

    private static Stream<YamlMapping> body(EntryKind kind, YamlNode item) {
        return item.resolved() instanceof YamlMapping mapping
                ? mapping.get(kind.bodyKey()).map(YamlNode::resolved).filter(YamlMapping.class::isInstance)
                        .map(YamlMapping.class::cast).stream()
                : Stream.empty();
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
