package io.github.maintainkubeusers.bench;

import java.util.Optional;

/** One thing that was measured, and the same thing without this program, from the same run. */
public record Row(String what, String unit, Sample figure, Optional<Sample> reference, Goal goal) {
  static Row alone(String what, String unit, Sample figure, Goal goal) {
    return new Row(what, unit, figure, Optional.empty(), goal);
  }

  public static Row beside(String what, String unit, Sample figure, Sample reference, Goal goal) {
    return new Row(what, unit, figure, Optional.of(reference), goal);
  }

  boolean isReached() {
    return goal.isReached(figure.median(), reference.map(Sample::median).orElse(Double.NaN));
  }
}
