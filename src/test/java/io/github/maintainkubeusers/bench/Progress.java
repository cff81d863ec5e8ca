package io.github.maintainkubeusers.bench;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What is being done, for whoever waits; apart from the table. */
final class Progress {
  private Progress() {}

  static void say(String what) {
    System.err.println(
        InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS) + " " + what);
  }
}
