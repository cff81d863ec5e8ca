package io.github.maintainkubeusers.kube;

import java.io.InterruptedIOException;
import java.time.Duration;

/** How time is let pass. */
interface Sleep {
  void forThe(Duration time) throws InterruptedException;

  /** Within a call, which an interrupt ends. */
  default void inCall(Duration time, String waitingFor) throws InterruptedIOException {
    try {
      forThe(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (InterruptedIOException)
          new InterruptedIOException("interrupted while waiting for " + waitingFor).initCause(e);
    }
  }
}
