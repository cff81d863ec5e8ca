package io.github.maintainkubeusers.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * A thief, who has a copy of every certificate, and whatever can happen. See docs/simulation.md.
 */
class SimulationTest {
  private static final long EVENTS = 200_000;

  /** Runs do not depend on each other: shares of them go side by side. */
  private static final int SHARES = 4;

  /** More than a share has. */
  private static final long SEEDS_OF_A_SHARE = 2_000;

  private static final Path DOCUMENT = Path.of("docs/simulation.md");
  private final Logger log =
      (Logger) LoggerFactory.getLogger("io.github.maintainkubeusers.reconcile");
  private final Level level = log.getLevel();

  /** A row of the table: what a mutant lacks, and the seed that shows it. */
  record Row(Mutant mutant, long seed) {}

  @BeforeEach
  void keepQuiet() {
    log.setLevel(Level.OFF);
  }

  @AfterEach
  void logAgain() {
    log.setLevel(level);
  }

  @Test
  @Timeout(90)
  void nothingThatWasTakenAwayComesBackWhateverHappens() {
    List<Simulation> shares =
        Stream.generate(() -> new Simulation(Mutant.NONE)).limit(SHARES).toList();

    assertThat(
            IntStream.range(0, SHARES)
                .parallel()
                .mapToObj(i -> shares.get(i).run(1 + i * SEEDS_OF_A_SHARE, EVENTS / SHARES))
                .flatMap(Optional::stream))
        .isEmpty();

    for (Simulation share : shares) {
      System.out.println(share.figures());
      assertThat(share.happenedNever()).isEmpty();
    }
    assertThat(shares.stream().mapToLong(Simulation::events).sum()).isGreaterThanOrEqualTo(EVENTS);
  }

  @Test
  void aRunIsTheSameEachTime() {
    for (long seed = 1; seed <= 20; seed++) {
      var once = new SimulatedWorld(seed, Mutant.NONE);
      var again = new SimulatedWorld(seed, Mutant.NONE);
      for (SimulatedEvent event : Simulation.events(seed)) {
        assertThat(once.happen(event)).isEqualTo(again.happen(event));
      }
      assertThat(once.server.ids().stream().map(id -> once.server.get(id).bindings()).toList())
          .isEqualTo(
              again.server.ids().stream().map(id -> again.server.get(id).bindings()).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theThiefFindsWhatIsNotProtected(Row row) {
    List<SimulatedEvent> events = Simulation.events(row.seed());

    assertThat(new Simulation(row.mutant()).play(row.seed(), events))
        .as("without the protection")
        .isPresent();
    assertThat(new Simulation(Mutant.NONE).play(row.seed(), events)).as("with it").isEmpty();
  }

  @Test
  void eachMutantHasARow() throws IOException {
    var missing = new HashSet<>(Arrays.asList(Mutant.values()));
    rows().forEach(row -> missing.remove(row.mutant()));

    assertThat(missing).containsExactly(Mutant.NONE);
  }

  static Stream<Row> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream().flatMap(line -> row(line).stream());
  }

  private static Optional<Row> row(String line) {
    String[] cells = line.split("\\|", -1);
    return cells.length > 4 && cells[3].strip().matches("`[A-Z_]+`")
        ? Optional.of(
            new Row(
                Mutant.valueOf(cells[3].strip().replace("`", "")),
                Long.parseLong(cells[4].strip())))
        : Optional.empty();
  }
}
