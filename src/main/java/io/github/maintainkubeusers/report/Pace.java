package io.github.maintainkubeusers.report;

import io.github.maintainkubeusers.plan.Plan;
import io.github.maintainkubeusers.plan.RolloutPriority;
import java.time.Duration;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How fast plans are carried out, at most.
 *
 * @param callsPerSecond of the API server; 0 for any number
 * @param routinePerMinute accounts that something new is rolled out to
 * @param urgentPerMinute the same where access was lost, or soon will be
 */
public record Pace(int callsPerSecond, int routinePerMinute, int urgentPerMinute) {
  /** What kube-controller-manager signs by default: --kube-api-qps 20. */
  private static final int CERTIFICATES_PER_SECOND = 20;

  /** The slowest of what limits them. */
  Duration time(List<Plan> plans) {
    Cost cost = Cost.of(plans);
    double seconds =
        DoubleStream.of(
                callsPerSecond == 0 ? 0 : (double) cost.writes() / callsPerSecond,
                (double) cost.certificates() / CERTIFICATES_PER_SECOND,
                minutes(plans, RolloutPriority.ROUTINE, routinePerMinute),
                minutes(plans, RolloutPriority.REPAIR, routinePerMinute),
                minutes(plans, RolloutPriority.URGENT, urgentPerMinute))
            .max()
            .orElse(0);
    return Duration.ofSeconds((long) Math.ceil(seconds));
  }

  /** In seconds. The first minute's accounts need not wait. */
  private static double minutes(List<Plan> plans, RolloutPriority priority, int perMinute) {
    long accounts =
        plans.stream()
            .filter(plan -> plan.priority() == priority && !plan.steps().isEmpty())
            .count();
    return Math.max(0, (accounts - perMinute) * 60.0 / perMinute);
  }
}
