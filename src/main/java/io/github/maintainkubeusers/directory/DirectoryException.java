package io.github.maintainkubeusers.directory;

/**
 * The directory could not be read whole. The message has the form "could not ACT OBJECT: reason".
 */
public final class DirectoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DirectoryException(String message) {
    super(message);
  }

  public DirectoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
