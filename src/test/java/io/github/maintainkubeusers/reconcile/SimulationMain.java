package io.github.maintainkubeusers.reconcile;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Runs simulations from the command line: see bin/simulate. */
public final class SimulationMain {
  private SimulationMain() {}

  /**
   * @param arguments events, seed, mutant
   */
  public static void main(String[] arguments) {
    ((Logger) LoggerFactory.getLogger("io.github.maintainkubeusers")).setLevel(Level.OFF);
    if (Arrays.stream(Mutant.values()).noneMatch(mutant -> mutant.name().equals(arguments[2]))) {
      System.err.println(
          "unknown protection " + arguments[2] + "; known: " + Arrays.toString(Mutant.values()));
      System.exit(2);
    }
    long events = Long.parseLong(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    var simulation = new Simulation(Mutant.valueOf(arguments[2]));
    long start = System.nanoTime();
    Optional<Simulation.Violation> violation = simulation.run(seed, events);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.out.println(simulation.figures());
    System.out.printf(
        "%.1f s, %.0f events/s%n",
        took.toMillis() / 1000.0, simulation.events() * 1000.0 / Math.max(1, took.toMillis()));
    violation.ifPresent(
        found -> {
          System.out.println("VIOLATION, seed " + found.seed() + ": " + found.text());
          found.events().forEach(event -> System.out.println("    " + event));
        });
    System.exit(violation.isPresent() ? 1 : 0);
  }
}
