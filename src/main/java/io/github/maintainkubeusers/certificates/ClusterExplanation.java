package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.AccountState;
import io.github.maintainkubeusers.account.Credential;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Explains an account's access by what directory and cluster hold of it.
 *
 * @param plan what a pass would do; empty when neither knows the account
 */
public record ClusterExplanation(Optional<Plan> plan, Observed observed, Instant now) {
  private static final String PASS =
      "see that the controller runs, and what its log says of the account: its next pass"
          + " does it";

  public ClusterExplanation {
    requireNonNull(plan, "plan is null");
    requireNonNull(observed, "observed is null");
    requireNonNull(now, "now is null");
  }

  /** In the order in which one depends on the other, up to the first that is broken. */
  public List<Explained> explain() {
    return upToTheFirstBroken(
        Stream.of(this::directory, this::heldCause, this::quarantine, this::record, this::binding));
  }

  /** Looks at one after the other, and not at what depends on one that is broken. */
  public static List<Explained> upToTheFirstBroken(Stream<Supplier<Explained>> looks) {
    var explained = new ArrayList<Explained>();
    for (Supplier<Explained> look : (Iterable<Supplier<Explained>>) looks::iterator) {
      explained.add(look.get());
      if (explained.getLast().isAlarm()) {
        break;
      }
    }
    return explained;
  }

  private Explained directory() {
    String what = "directory";
    if (plan.isEmpty()) {
      return Explained.broken(
          what,
          "neither the directory nor the cluster knows it",
          "compare the name with the entry in the directory, which must be in the part that the"
              + " configuration names");
    }
    return switch (plan.get().target()) {
      case Target.Wanted(var account, _) ->
          Explained.well(what, "user id " + account.uid() + ", home " + account.home());
      case Target.Gone _ ->
          Explained.broken(
              what,
              "it is no longer in the directory",
              "let the directory have it again: everything but the pods comes back");
      case Target.Disabled _ ->
          Explained.broken(
              what,
              "it is disabled in the directory",
              "enable it there: everything but the pods comes back");
      case Target.OnHold _ -> Explained.well(what, "it has an entry");
      case Target.Kept(_, String reason) ->
          Explained.broken(
              what,
              "the directory does not want it, and its removal was refused: " + reason,
              "correct the directory, or allow it: maintain-kubeusers allow-removals");
    };
  }

  private Explained heldCause() {
    String what = "hold";
    return plan.flatMap(Plan::obstacle)
        .map(
            obstacle ->
                switch (obstacle) {
                  case Plan.Obstacle.OnHold(var held) ->
                      Explained.broken(
                          what,
                          held.sentence(),
                          "correct that; docs/accounts.md says what each reason means");
                  case Plan.Obstacle.Waiting(String reason) ->
                      Explained.broken(what, "it waits: " + reason, "wait until that has passed");
                  case Plan.Obstacle.RemovalRefused(String reason) ->
                      Explained.broken(
                          what,
                          "its removal was refused: " + reason,
                          "maintain-kubeusers allow-removals");
                })
        .orElseGet(() -> Explained.well(what, "it is not held"));
  }

  private Explained quarantine() {
    String what = "quarantine";
    return observed
        .record()
        .known()
        .filter(known -> known.state() == AccountState.QUARANTINED)
        .map(
            known ->
                Explained.broken(
                    what,
                    "it is in quarantine since " + known.since() + ", though the directory has it",
                    PASS))
        .orElseGet(() -> Explained.well(what, "it is not in quarantine"));
  }

  private Explained record() {
    String what = "record";
    Optional<Credential> credential = observed.record().known().flatMap(AccountRecord::credential);
    if (credential.isEmpty()) {
      return Explained.broken(
          what,
          "no credentials of it are recorded"
              + plan.map(Plan::why)
                  .filter(why -> !why.isEmpty())
                  .map(why -> "; to do: " + why)
                  .orElse(""),
          PASS);
    }
    CredentialStanding standing =
        CredentialStanding.of(observed, credential.get().id(), Optional.empty(), now);
    return switch (standing.state()) {
      case REVOKED ->
          Explained.broken(
              what,
              "its credentials were revoked, and new ones are not issued yet: " + standing.reason(),
              PASS);
      case ENDED ->
          new Explained(
              what,
              "",
              List.of(
                  new Finding(
                      CertificateState.ENDED,
                      "its certificate " + standing.reason() + ", and was not renewed",
                      PASS)));
      case CURRENT, SUPERSEDED, QUARANTINED, UNKNOWN ->
          Explained.well(
              what,
              "generation " + credential.get().number() + ", ends " + credential.get().notAfter());
    };
  }

  private Explained binding() {
    Credential credential =
        observed.record().known().flatMap(AccountRecord::credential).orElseThrow();
    CredentialStanding standing =
        CredentialStanding.of(observed, credential.id(), Optional.empty(), now);
    return standing.hasRights()
        ? Explained.well("binding", "its newest credentials have rights")
        : Explained.broken("binding", standing.reason(), standing.remedy());
  }
}
