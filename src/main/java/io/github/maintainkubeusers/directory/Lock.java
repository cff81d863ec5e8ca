package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import io.github.maintainkubeusers.account.AsciiCase;
import io.github.maintainkubeusers.account.InvalidValueException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What in an entry says that its account is locked: that an attribute is there ({@code ATTRIBUTE}),
 * has a value ({@code ATTRIBUTE=VALUE}), has one of some bits ({@code ATTRIBUTE&BITS}), or names a
 * time that has come ({@code ATTRIBUTE<NOW}).
 */
public sealed interface Lock {
  String attribute();

  /**
   * @param values of the attribute; none when the entry does not have it
   * @throws InvalidValueException when a value is not what such an attribute can have
   */
  boolean isSet(List<String> values, Instant now);

  /**
   * @throws InvalidValueException when the text is none of the four forms
   */
  static Lock parse(String text) {
    Matcher form = Form.PATTERN.matcher(text);
    if (!form.matches()) {
      throw new InvalidValueException(
          quoted(text)
              + " is no lock: it is none of ATTRIBUTE, ATTRIBUTE=VALUE,"
              + " ATTRIBUTE&BITS (a number) and ATTRIBUTE<NOW");
    }
    String attribute = form.group("attribute");
    LdapSyntax.requireAttribute(attribute);
    if (form.group("value") != null) {
      return new Value(attribute, form.group("value"));
    }
    if (form.group("bits") != null) {
      return new Bits(attribute, bits(form.group("bits")));
    }
    return form.group("now") == null
        ? new Presence(attribute)
        : new Past(attribute, TimeScale.of(attribute));
  }

  private static long bits(String text) {
    long bits = LdapSyntax.number(text);
    if (bits <= 0) {
      throw new InvalidValueException("the bits " + quoted(text) + " are not a number above 0");
    }
    return bits;
  }

  /** The attribute is there. */
  record Presence(String attribute) implements Lock {
    @Override
    public boolean isSet(List<String> values, Instant now) {
      return !values.isEmpty();
    }

    @Override
    public String toString() {
      return attribute;
    }
  }

  /** One of its values is this one, regardless of case. */
  record Value(String attribute, String value) implements Lock {
    @Override
    public boolean isSet(List<String> values, Instant now) {
      return values.stream().anyMatch(found -> AsciiCase.equal(found, value));
    }

    @Override
    public String toString() {
      return attribute + "=" + value;
    }
  }

  /** The number has one of the bits. */
  record Bits(String attribute, long bits) implements Lock {
    @Override
    public boolean isSet(List<String> values, Instant now) {
      return values.stream().anyMatch(value -> (LdapSyntax.number(value) & bits) != 0);
    }

    @Override
    public String toString() {
      return attribute + "&" + bits;
    }
  }

  /** The time that it names has come. */
  record Past(String attribute, TimeScale scale) implements Lock {
    @Override
    public boolean isSet(List<String> values, Instant now) {
      return values.stream()
          .anyMatch(value -> scale.read(value).filter(end -> !now.isBefore(end)).isPresent());
    }

    @Override
    public String toString() {
      return attribute + "<NOW";
    }
  }

  /** How locks are written. */
  final class Form {
    private static final Pattern PATTERN =
        Pattern.compile("(?<attribute>[^=&<]*)(=(?<value>.+)|&(?<bits>[0-9]+)|<(?<now>NOW))?");

    private Form() {}
  }
}
