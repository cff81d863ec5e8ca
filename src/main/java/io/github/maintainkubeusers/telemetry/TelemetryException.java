package io.github.maintainkubeusers.telemetry;

/**
 * What is told of the controller cannot be told. The message has the form "could not ACT OBJECT:
 * reason".
 */
public final class TelemetryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TelemetryException(String message, Throwable cause) {
    super(message, cause);
  }
}
