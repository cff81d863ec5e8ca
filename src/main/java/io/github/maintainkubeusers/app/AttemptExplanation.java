package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.LastingFault;
import io.github.maintainkubeusers.certificates.Explained;
import io.github.maintainkubeusers.cluster.FaultStore;
import io.github.maintainkubeusers.kube.ClusterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Explains what the controller itself failed at when it last tried. */
record AttemptExplanation(FaultStore faults) {
  private static final String WHAT = "attempts";

  /** What the controller brings about: where it failed, this is missing because of that. */
  private static final Set<String> EFFECTS =
      Set.of("quarantine", "record", "binding", "secret", "files", "pair");

  /**
   * Adds it before what it explains; after everything else where nothing else is wrong. Nothing is
   * added where something is wrong that the controller has no part in.
   */
  List<Explained> with(AccountId id, List<Explained> others) {
    Optional<Explained> broken = others.stream().filter(Explained::isAlarm).findFirst();
    if (broken.filter(alarm -> !EFFECTS.contains(alarm.what())).isPresent()) {
      return others;
    }
    var explained = new ArrayList<>(others);
    explained.add(broken.map(others::indexOf).orElse(others.size()), explain(id));
    return explained;
  }

  private Explained explain(AccountId id) {
    try {
      return Optional.ofNullable(faults.read().get(id))
          .map(AttemptExplanation::explain)
          .orElseGet(() -> Explained.well(WHAT, "the controller's last one did not fail"));
    } catch (ClusterException e) {
      return Explained.unknown(
          WHAT,
          e.getMessage(),
          "use a kubeconfig that may read it: maintain-kubeusers status does");
    }
  }

  private static Explained explain(LastingFault fault) {
    return Explained.broken(
        WHAT,
        "the controller fails since " + fault.since() + ": " + fault.cause(),
        "correct that; it tries again "
            + fault.next().map(next -> "at " + next).orElse("with its next pass"));
  }
}
