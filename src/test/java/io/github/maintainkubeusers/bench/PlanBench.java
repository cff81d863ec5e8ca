package io.github.maintainkubeusers.bench;

import io.github.maintainkubeusers.plan.PlannerBenchmark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What is computed without any server, by JMH. */
final class PlanBench {
  private static final TimeValue SECOND = TimeValue.seconds(1);
  private static final String MANY = "100000";

  private PlanBench() {}

  static List<Row> run() {
    Progress.say("Planning, merging, keys and requests");
    var rows = new ArrayList<Row>();
    for (RunResult result : results()) {
      rows.add(row(result));
    }
    return rows;
  }

  private static Collection<RunResult> results() {
    try {
      return new Runner(
              new OptionsBuilder()
                  .include(PlannerBenchmark.class.getName())
                  .include(PiecesBenchmark.class.getName())
                  .forks(1)
                  .warmupIterations(3)
                  .warmupTime(SECOND)
                  .measurementIterations(5)
                  .measurementTime(SECOND)
                  .verbosity(VerboseMode.SILENT)
                  .build())
          .run();
    } catch (RunnerException e) {
      throw new IllegalStateException("could not run the benchmarks: " + e.getMessage(), e);
    }
  }

  private static Row row(RunResult result) {
    var figures = new ArrayList<Double>();
    result
        .getBenchmarkResults()
        .forEach(
            fork ->
                fork.getIterationResults()
                    .forEach(iteration -> figures.add(iteration.getPrimaryResult().getScore())));
    String accounts = result.getParams().getParam("accounts");
    String name = result.getParams().getBenchmark().replaceFirst(".*\\.", "");
    String unit = result.getPrimaryResult().getScoreUnit().replace("/op", "");
    String what = accounts == null ? name : "plan " + accounts + " accounts, " + name;
    Goal goal = Objects.equals(accounts, MANY) ? new Goal.AtMost(150) : new Goal.None();
    return Row.alone(what, unit, new Sample(figures), goal);
  }
}
