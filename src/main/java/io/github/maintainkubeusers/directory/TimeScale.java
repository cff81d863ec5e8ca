package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import com.unboundid.util.StaticUtils;
import io.github.maintainkubeusers.account.InvalidValueException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How an attribute tells a time. */
enum TimeScale {
  /** RFC 4517, section 3.3.13: {@code 20261231235959Z}. */
  GENERALIZED_TIME {
    @Override
    Optional<Instant> read(String text) {
      try {
        return Optional.of(StaticUtils.decodeGeneralizedTime(text).toInstant());
      } catch (ParseException e) {
        throw new InvalidValueException(quoted(text) + " is not a time like 20261231235959Z", e);
      }
    }
  },
  /** Of shadow(5), whose accounts end when the day begins. */
  DAYS {
    @Override
    Optional<Instant> read(String text) {
      long days = LdapSyntax.number(text);
      return days < 0 || days >= NEVER_IN_DAYS
          ? Optional.empty()
          : Optional.of(Instant.EPOCH.plus(Duration.ofDays(days)));
    }
  },
  /** Active Directory's: steps of 100 nanoseconds since 1601. */
  FILETIME {
    @Override
    Optional<Instant> read(String text) {
      long steps = LdapSyntax.number(text);
      return steps <= 0 || steps == Long.MAX_VALUE
          ? Optional.empty()
          : Optional.of(YEAR_1601.plusSeconds(steps / STEPS_IN_SECOND));
    }
  };

  private static final long NEVER_IN_DAYS = 99_999;
  private static final long STEPS_IN_SECOND = 10_000_000;
  private static final Instant YEAR_1601 = Instant.parse("1601-01-01T00:00:00Z");

  /** By the attribute, because a number alone does not say. */
  static TimeScale of(String attribute) {
    return switch (attribute.toLowerCase(Locale.ROOT)) {
      case "shadowexpire" -> DAYS;
      case "accountexpires" -> FILETIME;
      default -> GENERALIZED_TIME;
    };
  }

  /**
   * Empty when the text says "never".
   *
   * @throws InvalidValueException when it is no time
   */
  abstract Optional<Instant> read(String text);
}
