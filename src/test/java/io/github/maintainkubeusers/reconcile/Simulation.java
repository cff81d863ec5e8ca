package io.github.maintainkubeusers.reconcile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Runs of random events, each given by its seed. */
final class Simulation {
  static final int EVENTS_OF_A_RUN = 60;

  private final Mutant mutant;
  private final Map<SimulatedEvent.Kind, Integer> happened =
      new EnumMap<>(SimulatedEvent.Kind.class);
  private final Map<Disturbance.Kind, Integer> disturbed = new EnumMap<>(Disturbance.Kind.class);
  private long events;
  private long signed;

  /**
   * What the oracle objects to.
   *
   * @param events the fewest that were found to lead to it
   */
  record Violation(long seed, String text, List<SimulatedEvent> events) {}

  Simulation(Mutant mutant) {
    this.mutant = mutant;
  }

  /**
   * Runs the seeds from the first on, until as many events have happened or something is objected
   * to.
   */
  Optional<Violation> run(long firstSeed, long mostEvents) {
    for (long seed = firstSeed; events < mostEvents; seed++) {
      List<SimulatedEvent> all = events(seed);
      Optional<String> objection = play(seed, all);
      if (objection.isPresent()) {
        return Optional.of(shrunk(seed, all, objection.get()));
      }
    }
    return Optional.empty();
  }

  long events() {
    return events;
  }

  /** The kinds of events and disturbances that a run of many events is to have. */
  Set<Enum<?>> happenedNever() {
    var never = new HashSet<Enum<?>>(List.of(SimulatedEvent.Kind.values()));
    never.addAll(List.of(Disturbance.Kind.values()));
    never.removeAll(happened.keySet());
    never.removeAll(disturbed.keySet());
    return never;
  }

  String figures() {
    return "%d events, %d certificates signed%n  events: %s%n  disturbances that came to pass: %s"
        .formatted(events, signed, happened, disturbed);
  }

  static List<SimulatedEvent> events(long seed) {
    var random = new Random(seed * 0x9E3779B97F4A7C15L);
    var all = new ArrayList<SimulatedEvent>();
    for (int i = 0; i < EVENTS_OF_A_RUN; i++) {
      all.add(SimulatedEvent.random(random, SimulatedWorld.ACCOUNTS.size()));
    }
    all.add(new SimulatedEvent(SimulatedEvent.Kind.ALL_IS_QUIET, 0, 0));
    return all;
  }

  /**
   * @return what is objected to
   */
  Optional<String> play(long seed, List<SimulatedEvent> all) {
    var world = new SimulatedWorld(seed, mutant);
    Optional<String> objection = Optional.empty();
    for (SimulatedEvent event : all) {
      objection = world.happen(event);
      if (objection.isPresent()) {
        break;
      }
    }
    world.happened.forEach(
        (kind, count) -> {
          happened.merge(kind, count, Integer::sum);
          events += count;
        });
    world.disturbed.forEach((kind, count) -> disturbed.merge(kind, count, Integer::sum));
    signed += world.thief.all().size();
    return objection;
  }

  /**
   * Leaves out events, many at a time and then fewer, as long as something is still objected to.
   */
  private Violation shrunk(long seed, List<SimulatedEvent> all, String first) {
    List<SimulatedEvent> fewest = all;
    String text = first;
    for (int size = all.size() / 2; size >= 1; size = size / 2) {
      for (int from = 0; from < fewest.size(); ) {
        var fewer = new ArrayList<>(fewest.subList(0, from));
        fewer.addAll(fewest.subList(Math.min(from + size, fewest.size()), fewest.size()));
        Optional<String> objection = new Simulation(mutant).play(seed, fewer);
        if (objection.isPresent()) {
          fewest = fewer;
          text = objection.get();
        } else {
          from += size;
        }
      }
    }
    return new Violation(seed, text, List.copyOf(fewest));
  }
}
