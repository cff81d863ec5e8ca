package io.github.maintainkubeusers.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountRecord;
import io.github.maintainkubeusers.account.Generation;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.NamespaceState;
import io.github.maintainkubeusers.plan.Observed;
import io.github.maintainkubeusers.plan.Planner;
import io.github.maintainkubeusers.plan.RecordState;
import io.github.maintainkubeusers.plan.Subject;
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

    private record Case(Account account, Observed observed) {}

    @Param({"1000", "10000", "100000"})
    public int accounts;

    private final Planner planner = new Planner(Duration.ofMinutes(10));
    private List<Case> settled;
    private List<Case> unknown;

    @Setup
    public void setUp() {
        List<Account> tools = IntStream.range(0, accounts).mapToObj(PlannerBenchmark::tool).toList();
        settled = tools.stream().map(tool -> new Case(tool, settled(tool))).toList();
        unknown = tools.stream().map(tool -> new Case(tool, Observed.nothing(tool.id()))).toList();
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
            hole.consume(planner.plan(one.account(), one.observed(), NOW));
        }
    }

    private static Account tool(int number) {
        return new Account(AccountId.tool("tool-" + number), new Uid(10_000 + number),
                new HomePath("/data/project/tool-" + number), false);
    }

    private static Observed settled(Account tool) {
        Instant since = NOW.minus(Duration.ofDays(30));
        var generation = new Generation(2);
        var record = new AccountRecord(tool.uid(), generation, new Generation(1), "a".repeat(64), "b".repeat(64), "1f",
                since, since.plus(Duration.ofDays(365)), since);
        return new Observed(tool.id(), NamespaceState.READY, new RecordState.Known(record),
                Optional.of("2027-11-22T03:50:14"), Set.of(ManagedObject.RESOURCE_QUOTA, ManagedObject.LIMIT_RANGE),
                Map.of(ManagedObject.TOOL_BINDING, Set.of(Subject.group(generation.group(tool.id())))));
    }
}
