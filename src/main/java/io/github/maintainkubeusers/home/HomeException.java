package io.github.maintainkubeusers.home;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.linux.ErrnoException;

/**
 * Something could not be done in a home. The message has the form "could not ACT OBJECT: reason".
 */
public sealed class HomeException extends RuntimeException permits StalePathException {
  private static final long serialVersionUID = 1;

  private final HomeFault fault;

  public HomeException(String message) {
    this(HomeFault.SYSTEM, message);
  }

  public HomeException(String message, Throwable cause) {
    this(HomeFault.SYSTEM, message, cause);
  }

  public HomeException(HomeFault fault, String message) {
    this(fault, message, null);
  }

  public HomeException(HomeFault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = requireNonNull(fault, "fault is null");
  }

  /** Whether the kernel or a file server denied permission. */
  boolean isDenial() {
    return getCause() instanceof ErrnoException call && call.errno().isDenial();
  }

  public HomeFault fault() {
    return fault;
  }
}
