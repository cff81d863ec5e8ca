package io.github.maintainkubeusers.bench;

import io.github.maintainkubeusers.home.HomesBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** A program: {@code bin/bench}. */
final class Bench {
  private static final int USAGE = 2;
  private static final int NOT_REACHED = 3;

  private final Options options;

  private Bench(Options options) {
    this.options = options;
  }

  public static void main(String[] arguments) throws IOException {
    try {
      System.exit(run(Options.parse(arguments)));
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "; see bin/bench --help");
      System.exit(USAGE);
    }
  }

  private static int run(Options options) throws IOException {
    var report = new Report(Machine.facts());
    for (String what : groups(options.words())) {
      report.add(new Bench(options).measure(what));
    }
    if (options.json()) {
      report.printJson(System.out);
    } else {
      report.printMarkdown(System.out);
    }
    return report.isReached() ? 0 : NOT_REACHED;
  }

  /** What needs the same servers is measured beside each other. */
  private static List<String> groups(List<String> words) {
    return words.equals(List.of("all"))
        ? List.of(
            "plan",
            "homes",
            "onboard+refresh",
            "quiet+start",
            "hostile",
            "takeover",
            "gateway",
            "commands")
        : words;
  }

  private List<Row> measure(String what) throws IOException {
    return switch (what) {
      case "plan" -> PlanBench.run();
      case "homes" ->
          HomesBenchmark.run(
              Path.of(options.text("dir", "/tmp")),
              options.number("homes", 200),
              options.number("rounds", 5));
      case "soak" -> soak();
      case "hostile" -> hostile();
      case "takeover" -> takeover();
      case "gateway" -> Report.told(GatewayBench.run());
      case "commands" -> commands();
      case "services" -> services();
      case "onboard", "refresh", "onboard+refresh" -> small(what);
      case "quiet", "start", "quiet+start" -> large(what);
      default -> throw new IllegalStateException("no such benchmark: " + what);
    };
  }

  private List<Row> soak() {
    try (Site site = Site.open()) {
      return new SoakBench(site, Duration.ofMinutes(options.number("minutes", 30))).run();
    }
  }

  private List<Row> hostile() throws IOException {
    try (Site site = Site.open()) {
      return Report.told(new HostileBench(site, options.number("accounts", 200)).run());
    }
  }

  private List<Row> services() throws IOException {
    try (Site site = Site.open()) {
      return Report.told(
          new ServicesBench(site, options.number("services", 100), options.number("rotations", 200))
              .run());
    }
  }

  private List<Row> commands() {
    int accounts = options.number("accounts", 3500);
    try (Site site = Site.open()) {
      Seeder.prepare(site).seed(accounts);
      return Report.told(new CommandsBench(site, accounts).run());
    }
  }

  private static List<Row> takeover() {
    try (Site site = Site.open()) {
      return Report.told(new TakeoverBench(site).run());
    }
  }

  private List<Row> small(String what) throws IOException {
    try (Site site = Site.open()) {
      var rows = new ArrayList<Row>();
      var onboard =
          new OnboardBench(site, options.number("accounts", 300), options.number("rounds", 3));
      onboard.prepare();
      if (what.contains("onboard")) {
        rows.addAll(Report.told(onboard.run()));
      }
      if (what.contains("refresh")) {
        rows.addAll(Report.told(new RefreshBench(site, 0, options.number("refreshes", 200)).run()));
      }
      return rows;
    }
  }

  private List<Row> large(String what) {
    try (Site site = Site.open()) {
      var rows = new ArrayList<Row>();
      var bySize = new HashMap<Integer, List<Row>>();
      Seeder seeder = Seeder.prepare(site);
      for (int size : options.numbers("sizes", 2000, 5000, 10_000)) {
        seeder.seed(size);
        List<Row> measured = large(what, site, size);
        rows.addAll(measured);
        bySize.put(size, measured);
        if (bySize.containsKey(size / 2)) {
          rows.addAll(Growth.between(bySize.get(size / 2), measured));
        }
      }
      return rows;
    }
  }

  private static List<Row> large(String what, Site site, int size) {
    var rows = new ArrayList<Row>();
    if (what.contains("quiet")) {
      rows.addAll(Report.told(new QuietBench(site, size).run()));
    }
    if (what.contains("start")) {
      rows.addAll(Report.told(new StartBench(site, size).run()));
    }
    return rows;
  }
}
