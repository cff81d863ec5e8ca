package io.github.maintainkubeusers.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A program: {@code bin/bench}. */
final class Bench {
    private static final int ONBOARDED = 300;
    private static final int ROUNDS = 3;
    private static final int REFRESHED = 200;
    private static final int[] SIZES = {2000, 5000, 10_000};

    private Bench() {}

    public static void main(String[] arguments) throws IOException {
        var words = new ArrayList<>(List.of(arguments));
        boolean json = words.remove("--json");
        var report = new Report(Machine.facts());
        for (String what : words.equals(List.of("all"))
                ? List.of("plan", "homes", "onboard+refresh", "quiet+start")
                : words) {
            report.add(measure(what));
        }
        if (json) {
            report.printJson(System.out);
        } else {
            report.printMarkdown(System.out);
        }
        System.exit(report.isReached() ? 0 : 3);
    }

    private static List<Row> measure(String what) throws IOException {
        return switch (what) {
            case "plan" -> PlanBench.run();
            case "onboard", "refresh", "onboard+refresh" -> small(what);
            case "quiet", "start", "quiet+start" -> large(what);
            default -> throw new IllegalArgumentException("unknown benchmark: " + what);
        };
    }

    private static List<Row> small(String what) throws IOException {
        try (Site site = Site.open()) {
            var rows = new ArrayList<Row>();
            var onboard = new OnboardBench(site, ONBOARDED, ROUNDS);
            onboard.prepare();
            if (what.contains("onboard")) {
                rows.addAll(onboard.run());
            }
            if (what.contains("refresh")) {
                rows.addAll(new RefreshBench(site, 0, REFRESHED).run());
            }
            return rows;
        }
    }

    private static List<Row> large(String what) {
        try (Site site = Site.open()) {
            var rows = new ArrayList<Row>();
            Seeder seeder = Seeder.prepare(site);
            for (int size : SIZES) {
                seeder.seed(size);
                if (what.contains("quiet")) {
                    rows.addAll(new QuietBench(site, size).run());
                }
                if (what.contains("start")) {
                    rows.addAll(new StartBench(site, size).run());
                }
            }
            return rows;
        }
    }
}
