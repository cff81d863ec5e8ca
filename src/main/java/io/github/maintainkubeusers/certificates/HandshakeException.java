package io.github.maintainkubeusers.certificates;

/**
 * A server did not show its certificate. The message has the form "could not ACT OBJECT: reason".
 */
public final class HandshakeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  HandshakeException(String message, Throwable cause) {
    super(message, cause);
  }
}
