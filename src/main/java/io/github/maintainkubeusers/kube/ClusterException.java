package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

/**
 * The API server did not do what it was asked. The message has the form "could not ACT OBJECT:
 * reason".
 */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** What a caller may want to tell apart. */
  public enum Reason {
    /** It could not be reached, did not answer in time, or said that it is unwell. */
    UNAVAILABLE,
    /** It does not know us, or does not let us. */
    FORBIDDEN,
    NOT_FOUND,
    /** Somebody else was faster. */
    CONFLICT,
    /** Something that passes by itself has to end first. */
    NOT_YET,
    /** Anything else: the request or the answer makes no sense. */
    OTHER
  }

  public ClusterException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = requireNonNull(reason, "reason is null");
  }

  public ClusterException(Reason reason, String message) {
    this(reason, message, null);
  }

  public Reason reason() {
    return reason;
  }
}
