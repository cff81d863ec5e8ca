package io.github.maintainkubeusers.telemetry;

import io.github.maintainkubeusers.account.Held;
import io.github.maintainkubeusers.reconcile.Outcome;
import io.github.maintainkubeusers.reconcile.PassReport;
import java.util.List;
import java.util.stream.Stream;

/** Who is held, whether for what the directory says or for what the cluster holds. */
final class HeldAccounts {
  private HeldAccounts() {}

  static List<Held> of(PassReport report) {
    Stream<Held> onHold =
        report.outcomes().values().stream()
            .filter(Outcome.OnHold.class::isInstance)
            .map(outcome -> ((Outcome.OnHold) outcome).held());
    return Stream.concat(report.held().stream(), onHold).toList();
  }
}
