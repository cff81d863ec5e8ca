package io.github.maintainkubeusers.yaml;

/** The place where {@code *name} stands for a node that was anchored before. */
public final class YamlAlias extends YamlNode {
  private final YamlNode target;

  YamlAlias(YamlNode target, Origin origin) {
    super(origin);
    this.target = target;
  }

  @Override
  public String kind() {
    return target.kind();
  }

  @Override
  public YamlNode resolved() {
    return target;
  }

  @Override
  public YamlNode copy() {
    return target.copy();
  }
}
