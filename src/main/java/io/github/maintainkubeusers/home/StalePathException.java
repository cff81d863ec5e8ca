package io.github.maintainkubeusers.home;

import io.github.maintainkubeusers.linux.ErrnoException;

/**
 * The way to a home ends where the kernel's picture of a file server may be older than the
 * server's. Gone once more, asking the server at each step, it may lead there.
 */
final class StalePathException extends HomeException {
  private static final long serialVersionUID = 1;

  StalePathException(String message, ErrnoException cause) {
    super(HomeFault.SYSTEM, message, cause);
  }
}
