package io.github.maintainkubeusers.yaml;

/**
 * A node of a document: a mapping, a list, a scalar, or the place where an alias stands for another
 * node.
 */
public abstract sealed class YamlNode permits YamlCollection, YamlScalar, YamlAlias {
  private final Origin origin;

  YamlNode(Origin origin) {
    this.origin = origin;
  }

  /** From 1; 0 when the node was not read from a text. */
  public final int line() {
    return origin.line();
  }

  /** From 1, in code points; 0 when the node was not read from a text. */
  public final int column() {
    return origin.column();
  }

  /**
   * What this is, for a message: {@code a mapping}, {@code a list}, {@code a number}. Never its
   * content.
   */
  public abstract String kind();

  /** The node itself, or what the alias stands for. */
  public YamlNode resolved() {
    return this;
  }

  /** A new tree of the same meaning that shares nothing with this one, and has no aliases. */
  public abstract YamlNode copy();

  /** A complaint about this node, at its place. */
  public YamlException fault(String reason) {
    return new YamlException(reason, line(), column());
  }

  final Origin origin() {
    return origin;
  }
}
