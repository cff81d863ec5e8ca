package io.github.maintainkubeusers.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** What the tables are made of. */
class FiguresTest {
  private static final Sample HUNDRED =
      new Sample(DoubleStream.iterate(100, figure -> figure - 1).limit(100).boxed().toList());

  @Test
  void ofManyTheSpreadLeavesOutTheOuterTenths() {
    assertThat(HUNDRED.median()).isEqualTo(50);
    assertThat(HUNDRED.percentile(99)).isEqualTo(99);
    assertThat(HUNDRED.percentile(100)).isEqualTo(100);
    assertThat(HUNDRED.low()).isEqualTo(10);
    assertThat(HUNDRED.high()).isEqualTo(90);
  }

  @Test
  void ofFewTheSpreadIsAllOfThem() {
    Sample few = Sample.of(7, 1, 3);

    assertThat(few.median()).isEqualTo(3);
    assertThat(few.low()).isEqualTo(1);
    assertThat(few.high()).isEqualTo(7);
  }

  @Test
  void nothingMeasuredIsNoSample() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Sample(List.of()));
  }

  @Test
  void goalsAreReachedUpToTheirLimitAndNotBeyond() {
    assertThat(beside(0.8, 1, new Goal.AtLeastTimes(0.8))).isTrue();
    assertThat(beside(0.79, 1, new Goal.AtLeastTimes(0.8))).isFalse();
    assertThat(beside(2, 1, new Goal.AtMostTimes(2))).isTrue();
    assertThat(beside(2.1, 1, new Goal.AtMostTimes(2))).isFalse();
    assertThat(beside(110, 10, new Goal.AtMostAbove(100))).isTrue();
    assertThat(beside(111, 10, new Goal.AtMostAbove(100))).isFalse();
    assertThat(Row.alone("it", "s", Sample.of(3), new Goal.AtMost(3)).isReached()).isTrue();
    assertThat(Row.alone("it", "s", Sample.of(3.1), new Goal.AtMost(3)).isReached()).isFalse();
  }

  private static boolean beside(double figure, double reference, Goal goal) {
    return Row.beside("it", "s", Sample.of(figure), Sample.of(reference), goal).isReached();
  }
}
