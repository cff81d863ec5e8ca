package io.github.maintainkubeusers.plan;

/** Says what is to be done for an account. */
@FunctionalInterface
public interface Planning {
  Plan plan(Target target, Observed observed, PlanContext context);
}
