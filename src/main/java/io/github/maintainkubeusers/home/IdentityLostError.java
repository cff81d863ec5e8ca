package io.github.maintainkubeusers.home;

/**
 * A thread could not get its own identity back. It must do nothing more, not even wake another
 * thread.
 */
final class IdentityLostError extends Error {
  private static final long serialVersionUID = 1;

  IdentityLostError() {
    super("could not resume the identity of the process");
  }
}
