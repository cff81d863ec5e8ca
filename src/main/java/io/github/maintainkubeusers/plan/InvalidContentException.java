package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.InvalidValueException;
import java.util.List;

/** Something in the content of an object is not what Kubernetes could take. */
public final class InvalidContentException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient List<String> path;

  InvalidContentException(List<String> path, InvalidValueException cause) {
    super(cause.getMessage(), cause);
    this.path = List.copyOf(path);
  }

  /** Keys, and places in lists counted from 0, from the top of the object. */
  public List<String> path() {
    return path;
  }
}
