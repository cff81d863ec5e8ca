package io.github.maintainkubeusers.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.HoldReason;
import io.github.maintainkubeusers.account.LastApplied;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Example;

/** The tables of states, reasons and transitions are those of the program. */
class AccountsDocumentTest {
  private static final Instant YESTERDAY = AccountStates.NOW.minus(Duration.ofDays(1));
  private static final int SAMPLES = 20_000;
  private static final Planner PLANNER =
      new Planner(
          new IssuePolicy(ObservedBuilder.GRACE, Contexts.LIMIT, Revocation.GROUPS),
          Contexts.QUARANTINE);
  private static final TrustedCas CAS =
      new TrustedCas(
          Blueprints.ACCESS, Set.of("b".repeat(64), "c".repeat(64)), Optional.of("b".repeat(64)));

  /**
   * What chance makes too rarely: a kubeconfig for another bundle, and a refresh that was requested
   * too often.
   */
  private static final List<Observed> RARE =
      List.of(
          ObservedBuilder.provisioned(AccountStates.TOOL, 3, YESTERDAY)
              .record(
                  record(
                      Blueprints.applied(AccountStates.TOOL)
                          .withKubeconfig(Optional.of("0123456789abcdef"))))
              .build(),
          ObservedBuilder.provisioned(AccountStates.TOOL, 3, YESTERDAY)
              .withoutStatus()
              .record(
                  record(
                      Blueprints.applied(AccountStates.TOOL)
                          .withThrottle(AccountStates.NOW.plus(Duration.ofMinutes(15)))))
              .build());

  @Example
  void hasARowForEachStateOfARecord() throws IOException {
    assertThat(words("| state |"))
        .containsExactlyElementsOf(
            Stream.of(AccountState.values()).map(AccountState::label).toList());
  }

  @Example
  void hasARowForEachReasonToHold() throws IOException {
    assertThat(words("| reason |"))
        .containsExactlyElementsOf(Stream.of(HoldReason.values()).map(HoldReason::label).toList());
  }

  @Example
  void hasARowForAllThatIsDoneAndNothingElse() throws IOException {
    var done = new TreeSet<String>();
    Stream.concat(RARE.stream(), AccountStates.all().sampleStream().limit(SAMPLES))
        .forEach(
            state -> {
              var wanted =
                  new Target.Wanted(ObservedBuilder.account(state.id()), Blueprints.of(state.id()));
              for (HomeCondition home : HomeCondition.values()) {
                done.add(
                    PLANNER
                        .plan(wanted, state, Contexts.at(CAS, AccountStates.NOW).withHome(home))
                        .why());
              }
              done.add(
                  PLANNER
                      .plan(new Target.Gone(state.id()), state, Contexts.at(CAS, AccountStates.NOW))
                      .why());
            });
    done.remove("");

    assertThat(new TreeSet<>(words("| why |"))).isEqualTo(done);
  }

  /** What to put into the document is what this test finds to be missing. */
  @Example
  void hasTheTruthTableOfRights() throws IOException {
    assertThat(
            Files.readAllLines(Path.of("docs/accounts.md")).stream()
                .dropWhile(line -> !line.equals(RightsTable.HEAD))
                .skip(2)
                .takeWhile(line -> line.startsWith("|")))
        .containsExactlyElementsOf(RightsTable.lines());
  }

  private static AccountRecord record(LastApplied applied) {
    return ObservedBuilder.record(3, YESTERDAY).with(applied);
  }

  /** What stands as code in the first column; a row in brackets is of what has no record. */
  private static List<String> words(String head) throws IOException {
    return Files.readAllLines(Path.of("docs/accounts.md")).stream()
        .dropWhile(line -> !line.startsWith(head))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.replaceAll("^\\| `([^`]+)`.*", "$1"))
        .toList();
  }
}
