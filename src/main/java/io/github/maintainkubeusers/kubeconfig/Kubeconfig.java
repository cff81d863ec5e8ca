package io.github.maintainkubeusers.kubeconfig;

import io.github.maintainkubeusers.yaml.YamlDocument;
import io.github.maintainkubeusers.yaml.YamlException;

/**
 * Makes and merges kubeconfigs. A merge changes the cluster, the context and the user that have our
 * names, and sets the current context when there is none; every other byte stays. Of several YAML
 * documents it is the first, as for kubectl.
 */
public final class Kubeconfig {
  /** Larger files are not read: kubectl's own are a few KiB for each cluster. */
  public static final int MAX_BYTES = Shape.MAX_BYTES;

  private Kubeconfig() {}

  public static byte[] create(KubeconfigEntry entry) {
    return NewKubeconfig.bytes(entry);
  }

  /**
   * @return {@code existing} itself when it says already what it should
   * @throws KubeconfigException when {@code existing} cannot be read or is not a kubeconfig
   */
  public static byte[] merge(byte[] existing, KubeconfigEntry entry) {
    try {
      var document = YamlDocument.parseFirst(existing, Shape.LIMITS);
      if (Nodes.isAbsent(document.root())) {
        return NewKubeconfig.after(existing, entry);
      }
      new Merge(document, Shape.check(document.root().get().resolved()), entry).apply();
      return document.emit();
    } catch (YamlException e) {
      throw new KubeconfigException(e);
    }
  }

  /**
   * True when {@link #merge} would change nothing.
   *
   * @throws KubeconfigException as {@link #merge} does
   */
  public static boolean matches(byte[] existing, KubeconfigEntry entry) {
    return merge(existing, entry) == existing;
  }
}
