package io.github.maintainkubeusers.credential;

/**
 * A key or certificate could not be made, or is not what it should be. The message never holds key
 * material.
 */
public final class CredentialException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CredentialException(String message) {
    super(message);
  }

  public CredentialException(String message, Throwable cause) {
    super(message, cause);
  }
}
