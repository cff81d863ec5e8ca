package io.github.maintainkubeusers.plan;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Credential;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RenewalTest {
  private static final Instant START = Instant.parse("2026-11-22T03:45:14Z");

  @Test
  void isDueThirtyDaysBeforeTheEndOfAYearLessTheSpread() {
    assertMargin(Duration.ofDays(365), Duration.ofDays(30));
    assertMargin(Duration.ofDays(90), Duration.ofDays(30));
  }

  @Test
  void isDueWhenAThirdOfAShortLifeIsLeftLessTheSpread() {
    assertMargin(Duration.ofDays(89), Duration.ofDays(89).dividedBy(3));
    assertMargin(Duration.ofDays(7), Duration.ofDays(7).dividedBy(3));
    assertMargin(Duration.ofMinutes(15), Duration.ofMinutes(5));
  }

  @Test
  void isDueAtTheSameTimeWheneverItIsAsked() {
    assertThat(due("fourohfour", Duration.ofDays(365)))
        .isEqualTo(due("fourohfour", Duration.ofDays(365)))
        .isNotEqualTo(due("fourohfive", Duration.ofDays(365)));
  }

  @Test
  void isNotTheSameForAToolAndAnAdmin() {
    assertThat(Renewal.dueAt(AccountId.tool("x"), record(Duration.ofDays(365))))
        .isNotEqualTo(Renewal.dueAt(AccountId.admin("x"), record(Duration.ofDays(365))));
  }

  /**
   * 3,650 accounts that were provisioned together, over the 36.5 days that a tenth of a year has:
   * 100 a day.
   */
  @Test
  void spreadsAccountsThatWereProvisionedTogetherEvenly() {
    var days =
        IntStream.range(0, 3650)
            .mapToObj(i -> due("tool-" + i, Duration.ofDays(365)))
            .collect(groupingBy(due -> Duration.between(START, due).toDays(), counting()));

    assertThat(days).hasSizeBetween(36, 38);
    assertThat(days.values()).allMatch(inOneDay -> inOneDay < 150);
  }

  @Property
  void isDueWithinTheLifeWhateverItsLength(
      @ForAll("name") String name,
      @ForAll @LongRange(min = 1, max = 7900L * 365 * 86_400) long seconds) {
    Instant due = due(name, Duration.ofSeconds(seconds));

    assertThat(due).isBetween(START.plusSeconds(seconds * 5 / 10), START.plusSeconds(seconds));
  }

  @Provide
  Arbitrary<String> name() {
    return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(53);
  }

  @Property(tries = 200)
  void bringsForwardByATenthAtMost(
      @ForAll("name") String name, @ForAll @IntRange(min = 1, max = 3650) int days) {
    Duration life = Duration.ofDays(days);
    Duration third = life.dividedBy(3);
    Duration margin = third.compareTo(Duration.ofDays(30)) < 0 ? third : Duration.ofDays(30);

    assertThat(due(name, life))
        .isBetween(
            START.plus(life).minus(margin).minus(life.dividedBy(10)),
            START.plus(life).minus(margin));
  }

  /** Over many names, the spread comes near to both of its ends, and beyond neither. */
  private static void assertMargin(Duration life, Duration margin) {
    Instant latest = START.plus(life).minus(margin);
    Instant earliest = latest.minus(life.dividedBy(10));
    var due = IntStream.range(0, 500).mapToObj(i -> due("tool-" + i, life)).sorted().toList();
    Duration hundredth = life.dividedBy(100);

    assertThat(due.getFirst()).isBetween(earliest, earliest.plus(hundredth));
    assertThat(due.getLast()).isBetween(latest.minus(hundredth), latest);
  }

  private static Instant due(String name, Duration life) {
    return Renewal.dueAt(AccountId.tool(name), record(life));
  }

  private static Credential record(Duration life) {
    return new Credential(
        ObservedBuilder.id(1), 1, "a".repeat(64), "b".repeat(64), "1", START, START.plus(life));
  }
}
