package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

/** Whom a binding gives rights to. */
public record Subject(Type type, String name) {
  /** The kinds of RBAC subjects that bindings of accounts have. */
  public enum Type {
    USER,
    GROUP,
    OTHER
  }

  public Subject {
    requireNonNull(type, "type is null");
    requireNonNull(name, "name is null");
  }

  public static Subject group(String name) {
    return new Subject(Type.GROUP, name);
  }

  public static Subject user(String name) {
    return new Subject(Type.USER, name);
  }
}
