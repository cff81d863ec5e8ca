package io.github.maintainkubeusers.kubeconfig;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.yaml.YamlDocument;
import io.github.maintainkubeusers.yaml.YamlException;
import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlScalar;
import java.util.Base64;
import java.util.Optional;

/**
 * What clients use who follow a kubeconfig's current context.
 *
 * @param name of the context
 * @param server URL
 * @param authorities by which the server is known
 * @param verifies false when the server's certificate is not looked at
 * @param certificate of the client
 */
public record CurrentContext(
    String name,
    Optional<String> server,
    Optional<Content> authorities,
    boolean verifies,
    Optional<Content> certificate,
    Optional<Content> key) {
  /** Where something stands. */
  public sealed interface Content {
    /** In the kubeconfig itself. */
    record Inline(byte[] bytes) implements Content {}

    /** In a file, relative to the kubeconfig's folder when the path is not absolute. */
    record InFile(String path) implements Content {}
  }

  public CurrentContext {
    requireNonNull(name, "name is null");
    requireNonNull(server, "server is null");
    requireNonNull(authorities, "authorities is null");
    requireNonNull(certificate, "certificate is null");
    requireNonNull(key, "key is null");
  }

  /**
   * @throws KubeconfigException when the file cannot be read, is no kubeconfig, or has no current
   *     context
   */
  public static CurrentContext read(byte[] kubeconfig) {
    try {
      YamlDocument document = YamlDocument.parseFirst(kubeconfig, Shape.LIMITS);
      YamlMapping config =
          Shape.check(
              document
                  .root()
                  .map(YamlNode::resolved)
                  .orElseThrow(() -> new YamlException("the file is empty", 1, 1)));
      String current = Nodes.text(config.get("current-context"));
      YamlMapping context = body(config, EntryKind.CONTEXT, current);
      YamlMapping cluster = body(config, EntryKind.CLUSTER, Nodes.text(context.get("cluster")));
      YamlMapping user = body(config, EntryKind.USER, Nodes.text(context.get("user")));
      return new CurrentContext(
          current,
          Optional.of(Nodes.text(cluster.get("server"))).filter(url -> !url.isBlank()),
          content(cluster, "certificate-authority"),
          !Nodes.text(cluster.get("insecure-skip-tls-verify")).equals("true"),
          content(user, "client-certificate"),
          content(user, "client-key"));
    } catch (YamlException e) {
      throw new KubeconfigException(e);
    }
  }

  private static YamlMapping body(YamlMapping config, EntryKind kind, String name) {
    return Shape.bodies(config, kind, name)
        .findFirst()
        .orElseThrow(
            () ->
                config.fault(
                    name.isEmpty()
                        ? "it names no "
                            + (kind == EntryKind.CONTEXT ? "current-context" : kind.bodyKey())
                        : "there is no " + kind.bodyKey() + " of the name that is used"));
  }

  /** What stands in the kubeconfig goes before what stands in a file, as kubectl has it. */
  private static Optional<Content> content(YamlMapping body, String key) {
    Optional<YamlNode> data =
        body.get(key + "-data").filter(node -> !Nodes.isBlank(Optional.of(node)));
    if (data.isPresent() && data.get() instanceof YamlScalar scalar) {
      try {
        return Optional.of(new Content.Inline(Base64.getDecoder().decode(scalar.text())));
      } catch (IllegalArgumentException e) {
        YamlException fault = scalar.fault(key + "-data is no base64");
        fault.initCause(e);
        throw fault;
      }
    }
    return Optional.of(Nodes.text(body.get(key)))
        .filter(path -> !path.isBlank())
        .map(Content.InFile::new);
  }
}
