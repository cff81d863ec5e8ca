package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The name of a tool or admin: an RFC 1123 label of at most 53 characters, so that the names made
 * from it ({@code tool-NAME}, {@code NAME-tool-binding}) stay within what Kubernetes allows.
 */
public record AccountName(String value) implements Comparable<AccountName> {
  public static final int MAX_LENGTH = 53;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  public AccountName {
    requireNonNull(value, "value is null");
    if (value.isEmpty()) {
      throw new InvalidValueException("the name is empty");
    }
    if (value.length() > MAX_LENGTH) {
      throw new InvalidValueException(
          "the name "
              + InvalidValueException.quoted(value)
              + " has "
              + value.length()
              + " characters, at most "
              + MAX_LENGTH
              + " are allowed");
    }
    if (!LABEL.matcher(value).matches()) {
      throw new InvalidValueException(
          "the name "
              + InvalidValueException.quoted(value)
              + " is not an RFC 1123 label (lower-case letters, digits and '-', not first or"
              + " last)");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccountName(String otherValue) && value.equals(otherValue);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public int compareTo(AccountName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
