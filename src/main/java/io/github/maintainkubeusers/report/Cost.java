package io.github.maintainkubeusers.report;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.plan.ClusterStep;
import io.github.maintainkubeusers.plan.CredentialStep;
import io.github.maintainkubeusers.plan.HomeStep;
import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.Step;
import java.util.Collection;

/**
 * What plans cost when everything goes well, as docs/api-calls.md has it.
 *
 * @param writes to the API server, without events
 * @param certificates that are signed
 */
public record Cost(int writes, int certificates) {
  private static final Cost NOTHING = new Cost(0, 0);
  private static final Cost ONE_WRITE = new Cost(1, 0);
  private static final Cost TWO_WRITES = new Cost(2, 0);

  /** The signing request is created, approved and deleted. */
  private static final Cost CERTIFICATE = new Cost(3, 1);

  static Cost of(Collection<Plan> plans) {
    return plans.stream().map(Cost::of).reduce(NOTHING, Cost::plus);
  }

  static Cost of(Plan plan) {
    return plan.steps().stream()
        .map(step -> of(step, plan.id().kind()))
        .reduce(NOTHING, Cost::plus);
  }

  private static Cost of(Step step, AccountKind kind) {
    requireNonNull(kind, "kind is null");
    return switch (step) {
      case HomeStep.WriteCredentials _, HomeStep.WriteKubeconfig _ ->
          kind.hasHome() ? NOTHING : ONE_WRITE;
      case HomeStep _ -> NOTHING;
      case CredentialStep.Issue _ -> CERTIFICATE;
      case CredentialStep.Adopt _ -> NOTHING;
      case CredentialStep.RecordCredentials _ -> recorded(kind, true);
      case ClusterStep.WriteRecord(_, var status) -> recorded(kind, status.isPresent());
      case ClusterStep _ -> ONE_WRITE;
    };
  }

  /** An admin's record and what the admin sees are one object. */
  private static Cost recorded(AccountKind kind, boolean shown) {
    return kind == AccountKind.TOOL && shown ? TWO_WRITES : ONE_WRITE;
  }

  private Cost plus(Cost other) {
    return new Cost(writes + other.writes, certificates + other.certificates);
  }

  @Override
  public String toString() {
    return writes + " API writes, " + certificates + " certificates";
  }
}
