package io.github.maintainkubeusers.yaml;

/**
 * A text is not YAML, or not within the bounds. The message has no content of the text in it, which
 * may be secret; it may name a key. There is no cause for the same reason: the library's own
 * messages quote the text.
 */
public final class YamlException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;
  private final int line;
  private final int column;

  /**
   * @param line from 1
   * @param column from 1
   */
  public YamlException(String reason, int line, int column) {
    super("line " + line + ", column " + column + ": " + reason);
    this.reason = reason;
    this.line = line;
    this.column = column;
  }

  /** The message without the position. */
  public String reason() {
    return reason;
  }

  public int line() {
    return line;
  }

  public int column() {
    return column;
  }
}
