package io.github.maintainkubeusers.kubeconfig;

import io.github.maintainkubeusers.yaml.YamlException;

/**
 * A kubeconfig that cannot be read or has the wrong shape, so that it is left as it is. The message
 * has no content of the file in it but keys.
 */
public final class KubeconfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;
  private final int line;
  private final int column;

  KubeconfigException(YamlException fault) {
    super("could not read the kubeconfig: " + fault.getMessage());
    this.reason = fault.reason();
    this.line = fault.line();
    this.column = fault.column();
  }

  /** The message without what was done and the position. */
  public String reason() {
    return reason;
  }

  /** From 1. */
  public int line() {
    return line;
  }

  /** From 1. */
  public int column() {
    return column;
  }
}
