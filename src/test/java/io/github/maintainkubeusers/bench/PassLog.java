package io.github.maintainkubeusers.bench;

import io.github.maintainkubeusers.testing.ProgramRun;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What the program says of its passes. */
final class PassLog {
  private static final Pattern PASS =
      Pattern.compile(
          "Pass over (\\d+) accounts in ([0-9.]+) s: (\\d+) done, (\\d+) unchanged, .* (\\d+)"
              + " failed");

  private final ProgramRun run;

  PassLog(ProgramRun run) {
    this.run = run;
  }

  record Pass(int accounts, double seconds, int done, int unchanged, int failed) {}

  List<Pass> passes() {
    return PASS.matcher(run.output())
        .results()
        .map(
            found ->
                new Pass(
                    Integer.parseInt(found.group(1)),
                    Double.parseDouble(found.group(2)),
                    Integer.parseInt(found.group(3)),
                    Integer.parseInt(found.group(4)),
                    Integer.parseInt(found.group(5))))
        .toList();
  }

  /** Waits until so many passes are over. */
  void await(int passes, Duration atMost) {
    run.awaitPasses(passes, atMost);
  }

  /**
   * The one pass of a program that ran once, and had something or nothing to do for all of its
   * accounts.
   */
  Pass only(int done, int unchanged) {
    List<Pass> passes = passes();
    if (passes.size() != 1
        || run.status() != 0
        || passes.getFirst().done() != done
        || passes.getFirst().unchanged() != unchanged) {
      throw new IllegalStateException("the pass was not as expected:\n" + run.output());
    }
    return passes.getFirst();
  }
}
