package io.github.maintainkubeusers.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.HoldReason;
import net.jqwik.api.Example;

/** The tables of states, reasons and transitions are those of the program. */
class AccountsDocumentTest {
    private static final int SAMPLES = 20_000;
    private static final Planner PLANNER = new Planner(Duration.ofMinutes(10),
            new RefreshLimit(3, Duration.ofMinutes(5)));
    private static final Authorities AUTHORITIES = new Authorities(Blueprints.ACCESS,
            Set.of("b".repeat(64), "c".repeat(64)), Optional.of("b".repeat(64)));

    @Example
    void hasARowForEachStateOfARecord() throws IOException {
        assertThat(words("| state |")).containsExactlyElementsOf(
                Stream.of(AccountState.values()).map(AccountState::label).toList());
    }

    @Example
    void hasARowForEachReasonToHold() throws IOException {
        assertThat(words("| reason |")).containsExactlyElementsOf(
                Stream.of(HoldReason.values()).map(HoldReason::label).toList());
    }

    @Example
    void hasARowForAllThatIsDoneAndNothingElse() throws IOException {
        var done = new TreeSet<String>();
        AccountStates.all().sampleStream().limit(SAMPLES).forEach(state -> {
            for (HomeCondition home : HomeCondition.values()) {
                PLANNER.plan(ObservedBuilder.account(state.id()), Blueprints.of(state.id()), state,
                        new Outlook(AUTHORITIES, home, AccountStates.NOW)).work()
                        .ifPresent(work -> done.add(work.why()));
            }
            DeparturePlan departure = new DeparturePlanner(
                    new DeparturePolicy(false, Duration.ofDays(40), 5, 1, Set.of()))
                    .plan(new Departure(state.id(), Optional.empty()), state, AccountStates.NOW);
            if (!departure.steps().isEmpty()) {
                done.add(departure.word());
            }
        });

        assertThat(new TreeSet<>(words("| why |"))).isEqualTo(done);
    }

    /** What stands as code in the first column; a row in brackets is of what has no record. */
    private static List<String> words(String head) throws IOException {
        return Files.readAllLines(Path.of("docs/accounts.md")).stream().dropWhile(line -> !line.startsWith(head))
                .skip(2)
                .takeWhile(line -> line.startsWith("|")).filter(line -> line.startsWith("| `"))
                .map(line -> line.replaceAll("^\\| `([^`]+)`.*", "$1")).toList();
    }
}
