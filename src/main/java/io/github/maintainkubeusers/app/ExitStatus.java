package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.reconcile.Outcome;
import io.github.maintainkubeusers.reconcile.PassReport;

/** What the program tells the shell. */
final class ExitStatus {
  static final int OK = 0;
  static final int COULD_NOT_RUN = 1;
  static final int USAGE = 2;
  static final int SOME_FAILED = 3;

  private ExitStatus() {}

  static int of(PassReport report) {
    return report.count(Outcome.Failed.class) + report.count(Outcome.Refused.class) == 0
        ? OK
        : SOME_FAILED;
  }
}
