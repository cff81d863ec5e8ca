package io.github.maintainkubeusers.app;

/**
 * A file that a command line names cannot be read. The message has the form "could not ACT OBJECT:
 * reason".
 */
final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
