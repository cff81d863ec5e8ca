package io.github.maintainkubeusers.http;

import java.io.IOException;

/**
 * A request of which it is not sure where it ends, or what it asks: its answer ends the connection.
 */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1;

  private final String status;

  /**
   * @param status as in {@code 400 Bad Request}
   */
  RefusedException(String status, String reason) {
    super(reason);
    this.status = status;
  }

  HttpAnswer answer() {
    return HttpAnswer.text(status, getMessage());
  }
}
