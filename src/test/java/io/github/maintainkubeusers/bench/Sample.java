package io.github.maintainkubeusers.bench;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/** Figures of the same thing, measured several times. */
public record Sample(List<Double> figures) {
  /** From as many on, the spread leaves out the outer tenths. */
  private static final int MANY = 20;

  public Sample {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
    figures = figures.stream().sorted().toList();
  }

  static Sample of(double... figures) {
    return new Sample(java.util.Arrays.stream(figures).boxed().toList());
  }

  static Sample measured(int times, DoubleSupplier measurement) {
    return new Sample(IntStream.range(0, times).mapToObj(_ -> measurement.getAsDouble()).toList());
  }

  double median() {
    return percentile(50);
  }

  /** The smallest figure that at least this share of all do not exceed. */
  double percentile(int percent) {
    int rank = (int) Math.ceil(figures.size() * percent / 100.0);
    return figures.get(Math.max(0, rank - 1));
  }

  double low() {
    return figures.size() < MANY ? figures.getFirst() : percentile(10);
  }

  double high() {
    return figures.size() < MANY ? figures.getLast() : percentile(90);
  }
}
