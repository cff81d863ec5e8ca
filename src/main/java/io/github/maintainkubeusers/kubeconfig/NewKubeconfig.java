package io.github.maintainkubeusers.kubeconfig;

import io.github.maintainkubeusers.yaml.YamlDocument;
import io.github.maintainkubeusers.yaml.YamlException;
import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlSequence;
import java.io.ByteArrayOutputStream;

/** A kubeconfig that holds our entry and nothing else; its keys are in kubectl's order. */
final class NewKubeconfig {
  private NewKubeconfig() {}

  static byte[] bytes(KubeconfigEntry entry) {
    return YamlDocument.write(of(entry));
  }

  /** Keeps the comments of a file that has nothing else in it. */
  static byte[] after(byte[] comments, KubeconfigEntry entry) {
    var fresh = bytes(entry);
    var out = new ByteArrayOutputStream();
    out.writeBytes(comments);
    if (comments.length > 0 && comments[comments.length - 1] != '\n') {
      out.write('\n');
    }
    out.writeBytes(fresh);
    return isKubeconfig(out.toByteArray()) ? out.toByteArray() : fresh;
  }

  static YamlMapping item(EntryKind kind, KubeconfigEntry entry) {
    var body = YamlMapping.create();
    kind.fill(body, entry);
    return kind == EntryKind.USER
        ? YamlMapping.create().put("name", kind.name(entry)).put(kind.bodyKey(), body)
        : YamlMapping.create().put(kind.bodyKey(), body).put("name", kind.name(entry));
  }

  private static YamlMapping of(KubeconfigEntry entry) {
    var config = YamlMapping.create().put("apiVersion", "v1");
    config
        .put("clusters", list(EntryKind.CLUSTER, entry))
        .put("contexts", list(EntryKind.CONTEXT, entry));
    config.put("current-context", entry.contextName()).put("kind", "Config");
    return config
        .put("preferences", YamlMapping.create())
        .put("users", list(EntryKind.USER, entry));
  }

  private static YamlSequence list(EntryKind kind, KubeconfigEntry entry) {
    return YamlSequence.create().append(item(kind, entry));
  }

  private static boolean isKubeconfig(byte[] bytes) {
    try {
      var root = YamlDocument.parse(bytes, Shape.LIMITS).root();
      return root.isPresent() && Shape.check(root.get()).get("kind").isPresent();
    } catch (YamlException e) {
      return false;
    }
  }
}
