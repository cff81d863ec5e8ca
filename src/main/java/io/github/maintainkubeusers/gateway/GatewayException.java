package io.github.maintainkubeusers.gateway;

/** The endpoint for gateways cannot be served. */
public final class GatewayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  GatewayException(String message, Throwable cause) {
    super(message, cause);
  }
}
