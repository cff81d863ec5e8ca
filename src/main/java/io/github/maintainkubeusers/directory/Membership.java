package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;
import static java.util.stream.Collectors.joining;

import io.github.maintainkubeusers.account.InvalidValueException;
import java.util.stream.Stream;

/** How a directory says who is in a group. */
public enum Membership {
  /** The group has the DNs of its members, which may be groups in turn. */
  MEMBERS("members", "member"),
  /** The group has the names of its members. */
  NAMES("names", "memberUid"),
  /** Each member has the DNs of its groups, nested ones included. */
  MEMBER_OF("memberOf", "memberOf"),
  /** The same without nested ones, which Active Directory follows when asked to. */
  MEMBER_OF_CHAIN("memberOf-chain", "memberOf");

  private final String label;
  private final String attribute;

  Membership(String label, String attribute) {
    this.label = label;
    this.attribute = attribute;
  }

  /** Where it stands, unless somebody says otherwise. */
  public String attribute() {
    return attribute;
  }

  /**
   * @throws InvalidValueException when it is none of the labels
   */
  public static Membership parse(String text) {
    return Stream.of(values())
        .filter(one -> one.label.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidValueException(
                    quoted(text)
                        + " is not one of "
                        + Stream.of(values()).map(one -> one.label).collect(joining(", "))));
  }

  @Override
  public String toString() {
    return label;
  }
}
