package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to plan a pass over this many tools, all as they should be or all new. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PlannerBenchmark {
  private static final Instant NOW = Instant.parse("2026-11-22T03:50:14Z");

  private record Case(Target target, Observed observed) {}

  @Param({"1000", "10000", "100000"})
  public int accounts;

  private final Planner planner =
      new Planner(
          new IssuePolicy(ObservedBuilder.GRACE, Contexts.LIMIT, Revocation.GROUPS),
          Contexts.QUARANTINE);
  private final PlanContext context = Contexts.at(Blueprints.CAS, NOW);
  private List<Case> settled;
  private List<Case> unknown;

  @Setup
  public void setUp() {
    List<AccountId> tools =
        IntStream.range(0, accounts).mapToObj(number -> AccountId.tool("tool-" + number)).toList();
    settled =
        tools.stream()
            .map(
                id ->
                    new Case(
                        target(id),
                        ObservedBuilder.provisioned(id, 2, NOW.minus(Duration.ofDays(30))).build()))
            .toList();
    unknown = tools.stream().map(id -> new Case(target(id), Observed.nothing(id))).toList();
  }

  @Benchmark
  public void nothingToDo(Blackhole hole) {
    plan(settled, hole);
  }

  @Benchmark
  public void allNew(Blackhole hole) {
    plan(unknown, hole);
  }

  private void plan(List<Case> cases, Blackhole hole) {
    for (Case one : cases) {
      hole.consume(planner.plan(one.target(), one.observed(), context));
    }
  }

  private static Target target(AccountId id) {
    return new Target.Wanted(ObservedBuilder.account(id), Blueprints.of(id));
  }
}
