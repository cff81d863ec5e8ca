package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The name of one set of credentials of an account, unique for ever.
 *
 * <p>Kubernetes cannot revoke a client certificate. Each certificate therefore carries the group of
 * its credentials, {@code tool:NAME:ID}, and rights are given to that group, which can be taken out
 * of a binding. An ID is made of the time and of random digits and never of what is stored, so that
 * no name, namespace or record that is made anew can meet an old certificate.
 *
 * @param value 20 digits of base 32: 10 of the time in milliseconds, 10 random; or {@code user-}
 *     and the same, where the certificate carries no such group; or {@code legacy}
 */
public record CredentialId(String value) implements Comparable<CredentialId> {
  /**
   * Credentials that an earlier controller issued. They carry no group of their own and are bound
   * as a User.
   */
  public static final CredentialId LEGACY = new CredentialId("legacy");

  private static final String LEGACY_VALUE = "legacy";
  private static final String GROUPLESS = "user-";
  private static final int LENGTH = 20;
  private static final int HALF = 10;
  private static final long HALF_MASK = (1L << (HALF * 5)) - 1;

  public CredentialId {
    requireNonNull(value, "value is null");
    if (!value.equals(LEGACY_VALUE) && !isWellFormed(digits(value))) {
      throw new InvalidValueException(
          "the credential id "
              + InvalidValueException.quoted(value)
              + " is not 20 characters of 0-9 and a-v");
    }
  }

  /**
   * @param random must be one that nobody can foresee
   */
  public static CredentialId create(Instant now, RandomGenerator random) {
    return new CredentialId(
        digits(now.toEpochMilli() & HALF_MASK) + digits(random.nextLong() & HALF_MASK));
  }

  /**
   * An ID that comes after this one in the order of IDs, whatever the clock says.
   *
   * @param random must be one that nobody can foresee
   */
  public CredentialId next(Instant now, RandomGenerator random) {
    long mine = equals(LEGACY) ? 0 : Long.parseLong(digits(value).substring(0, HALF), 32);
    return create(Instant.ofEpochMilli(Math.max(now.toEpochMilli(), mine + 1)), random);
  }

  /** The same for credentials whose certificate does not name it, and that are bound as a User. */
  public CredentialId withoutGroup() {
    return hasGroup() ? new CredentialId(GROUPLESS + value) : this;
  }

  /** Whether the certificate carries a group of its own; else it is bound as a User. */
  public boolean hasGroup() {
    return value.length() == LENGTH;
  }

  /** The group that a certificate with this ID carries, where it has one. */
  public String group(AccountId id) {
    if (!hasGroup()) {
      throw new IllegalStateException("credentials " + value + " have no group");
    }
    return groupPrefix(id) + value;
  }

  /** The ID that a group of this account names, if it names one. */
  public static Optional<CredentialId> ofGroup(AccountId id, String group) {
    String prefix = groupPrefix(id);
    if (group.length() != prefix.length() + LENGTH || !group.startsWith(prefix)) {
      return Optional.empty();
    }
    String value = group.substring(prefix.length());
    return isWellFormed(value) ? Optional.of(new CredentialId(value)) : Optional.empty();
  }

  /** By the time at which they were made. */
  @Override
  public int compareTo(CredentialId other) {
    return digits(value).compareTo(digits(other.value));
  }

  @Override
  public String toString() {
    return value;
  }

  /** Not by a pattern: each pass looks at several for each account. */
  private static boolean isWellFormed(String value) {
    if (value.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = value.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'v')) {
        return false;
      }
    }
    return true;
  }

  private static String digits(String value) {
    return value.startsWith(GROUPLESS) ? value.substring(GROUPLESS.length()) : value;
  }

  private static String digits(long number) {
    String digits = Long.toString(number, 32);
    return "0".repeat(HALF - digits.length()) + digits;
  }

  private static String groupPrefix(AccountId id) {
    return id.kind().label() + ":" + id.name() + ":";
  }
}
