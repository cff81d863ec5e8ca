package io.github.maintainkubeusers.sandbox;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What the person before the screen is told, with the time that it took. */
final class Narration {
  private final PrintStream out;
  private final InstantSource clock = InstantSource.system();
  private final Instant start = clock.instant();
  private int chapter;

  Narration(PrintStream out) {
    this.out = out;
  }

  void chapter(String title) {
    chapter++;
    out.printf(
        "%n[%5.1f s] %d. %s%n", seconds(Duration.between(start, clock.instant())), chapter, title);
  }

  void say(String text) {
    text.lines().forEach(line -> out.println("    " + line));
  }

  /** Runs something and tells how long it took. */
  Duration timed(Runnable action) {
    Instant before = clock.instant();
    action.run();
    return Duration.between(before, clock.instant());
  }

  static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
