package io.github.maintainkubeusers.yaml;

import static java.util.Objects.requireNonNull;

/** A text, number, boolean or null. */
public final class YamlScalar extends YamlNode {
  private final String text;
  private final ScalarType type;
  private final Quoting quoting;

  YamlScalar(String text, ScalarType type, Quoting quoting, Origin origin) {
    super(origin);
    this.text = requireNonNull(text, "text is null");
    this.type = type;
    this.quoting = quoting;
  }

  /** A text, which is quoted where a reader could take it for something else. */
  public static YamlScalar text(String text) {
    return text(text, Quoting.AS_NEEDED);
  }

  public static YamlScalar of(boolean value) {
    return new YamlScalar(
        Boolean.toString(value), ScalarType.BOOLEAN, Quoting.AS_NEEDED, Origin.NONE);
  }

  public static YamlScalar of(long value) {
    return new YamlScalar(Long.toString(value), ScalarType.INTEGER, Quoting.AS_NEEDED, Origin.NONE);
  }

  public static YamlScalar ofNull() {
    return new YamlScalar("null", ScalarType.NULL, Quoting.AS_NEEDED, Origin.NONE);
  }

  static YamlScalar text(String text, Quoting quoting) {
    return new YamlScalar(text, ScalarType.TEXT, quoting, Origin.NONE);
  }

  /** As written, without quotes, escapes and folding; for a number as well. May be secret. */
  public String text() {
    return text;
  }

  public ScalarType type() {
    return type;
  }

  public boolean isNull() {
    return type == ScalarType.NULL;
  }

  /** True when every reader takes this for the same text. */
  public boolean isText() {
    return type == ScalarType.TEXT;
  }

  @Override
  public String kind() {
    return type.label();
  }

  @Override
  public YamlScalar copy() {
    return new YamlScalar(text, type, quoting, Origin.NONE);
  }

  Quoting quoting() {
    return quoting;
  }
}
