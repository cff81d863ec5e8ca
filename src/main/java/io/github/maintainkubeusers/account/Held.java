package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

/**
 * An account for which nothing is made, and why. Being held protects no rights: a held account that
 * is locked loses its rights as any other.
 *
 * @param kind what the entry was meant to be
 * @param name the name as the directory gives it, which need not be valid
 * @param explanation the reason as a sentence for a person, without the name
 * @param locked the directory has locked it
 */
public record Held(
    AccountKind kind, String name, HoldReason reason, String explanation, boolean locked) {
  public Held {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(explanation, "explanation is null");
  }

  public Held(AccountKind kind, String name, HoldReason reason, String explanation) {
    this(kind, name, reason, explanation, false);
  }

  public static Held of(AccountId id, HoldReason reason, String explanation) {
    return new Held(id.kind(), id.name().value(), reason, explanation);
  }

  /** What is said of it where its name is known. */
  public String sentence() {
    return "it " + text();
  }

  @Override
  public String toString() {
    return kind.label() + " " + InvalidValueException.quoted(name) + " " + text();
  }

  private String text() {
    return "is held (" + reason.label() + "): " + explanation;
  }
}
