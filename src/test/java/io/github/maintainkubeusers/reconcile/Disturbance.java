package io.github.maintainkubeusers.reconcile;

import io.github.maintainkubeusers.kube.ClusterException;
import java.util.Optional;

/**
 * What goes wrong in a process, at one of its effects: a call that changes the cluster, a home, or
 * has something signed.
 */
final class Disturbance {
  private Optional<Plan> plan = Optional.empty();
  private int effects;

  /** The ways in which an effect can be disturbed. */
  enum Kind {
    /** The call fails and has changed nothing. */
    FAIL_BEFORE,
    /** The call fails and has taken effect. */
    FAIL_AFTER,
    /** The process is killed before the call. */
    KILL_BEFORE,
    /** The process is killed after the call. */
    KILL_AFTER,
    /** Something else happens right before the call. */
    MEANWHILE
  }

  /**
   * One disturbance.
   *
   * @param at the number of the effect, from 0
   * @param meanwhile what happens, of kind MEANWHILE
   */
  record Plan(Kind kind, int at, Runnable meanwhile) {}

  /** The process is killed: nothing in it may go on. */
  static final class KilledError extends Error {
    private static final long serialVersionUID = 1;
  }

  void plan(Plan next) {
    plan = Optional.of(next);
    effects = 0;
  }

  /**
   * @return whether a disturbance was planned and did not come to pass
   */
  boolean clear() {
    boolean idle = plan.isPresent();
    plan = Optional.empty();
    return idle;
  }

  void before() {
    Optional<Plan> due = due();
    if (due.isEmpty()) {
      return;
    }
    switch (due.get().kind()) {
      case FAIL_BEFORE -> {
        plan = Optional.empty();
        throw failure();
      }
      case KILL_BEFORE -> throw new KilledError();
      case MEANWHILE -> {
        plan = Optional.empty();
        due.get().meanwhile().run();
      }
      case FAIL_AFTER, KILL_AFTER -> {
        // comes after the effect
      }
    }
  }

  void after() {
    Optional<Plan> due = due();
    effects++;
    if (due.isEmpty()) {
      return;
    }
    switch (due.get().kind()) {
      case FAIL_AFTER -> {
        plan = Optional.empty();
        throw failure();
      }
      case KILL_AFTER -> throw new KilledError();
      case FAIL_BEFORE, KILL_BEFORE, MEANWHILE -> {
        // came before the effect
      }
    }
  }

  private Optional<Plan> due() {
    return plan.filter(next -> next.at() == effects);
  }

  private static ClusterException failure() {
    return new ClusterException(ClusterException.Reason.UNAVAILABLE, "could not do it: no answer");
  }
}
