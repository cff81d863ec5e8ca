package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.AccountName;
import io.github.maintainkubeusers.cluster.ToolSelection;
import io.github.maintainkubeusers.config.Settings;
import io.github.maintainkubeusers.report.AccountRow;
import io.github.maintainkubeusers.report.Condition;
import io.github.maintainkubeusers.report.Filter;
import io.github.maintainkubeusers.report.StatusDocument;
import io.github.maintainkubeusers.report.StatusPage;
import io.github.maintainkubeusers.report.StatusReport;
import io.github.maintainkubeusers.report.StatusText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Prints the status of every account. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Prints the status of every account. Read-only.",
      "",
      "First a summary of all: how many are in which state, what the directory read, who leads,"
          + " which CA signed how many certificates, and when renewals are due. Then a line for"
          + " each account, those in need first.",
      "",
      "Exit status 3: neither the directory nor the cluster knows an account that was named."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  Only accounts that need attention:",
      "    maintain-kubeusers status --local --notable",
      "  Accounts with faults, kept up to date:",
      "    maintain-kubeusers status --local --notable --watch",
      "  Whose certificate ends soon, for a program:",
      "    maintain-kubeusers status --local --expiring=7d -o json"
    })
final class StatusCommand implements Callable<Integer> {
  private static final int LONGEST_WATCH = 3600;

  @Mixin private Options options;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "table, wide (with more columns, and nothing cut), json or yaml. Default:"
              + " ${DEFAULT-VALUE}.")
  private OutputFormat output;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      converter = ConditionConverter.class,
      completionCandidates = Conditions.class,
      description = "Only accounts in these states: ${COMPLETION-CANDIDATES}.")
  private Set<Condition> states = new LinkedHashSet<>();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      completionCandidates = Kinds.class,
      description = "Only tools, or only admins: tool or admin.")
  private Optional<AccountKind> kind = Optional.empty();

  @Option(
      names = "--expiring",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "Only accounts whose certificate ends within this time, as 12h or 7d.")
  private Optional<Duration> expiring = Optional.empty();

  @Option(
      names = "--notable",
      description = "Leave out the accounts for which there is nothing to do or to know.")
  private boolean notable;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "LABELS",
      description =
          "Only tools whose namespaces have these labels, as kubectl selects them:"
              + " maintain-kubeusers/tier=large.")
  private Optional<String> selector = Optional.empty();

  private Optional<Integer> watch = Optional.empty();

  private List<String> names = List.of();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "Also write a page to this file, made to be published or mailed: it loads nothing.")
  private Optional<Path> html = Optional.empty();

  @Spec private CommandSpec spec;

  @Option(
      names = {"-w", "--watch"},
      paramLabel = "SECONDS",
      arity = "0..1",
      fallbackValue = "10",
      description =
          "Keep what is shown up to date in place, and the page of --html, until Ctrl-C. Looks"
              + " again after so many seconds, 10 by default.")
  void setWatch(int seconds) {
    if (seconds < 1 || seconds > LONGEST_WATCH) {
      throw new ParameterException(
          spec.commandLine(), "--watch " + seconds + " is not between 1 and " + LONGEST_WATCH);
    }
    watch = Optional.of(seconds);
  }

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      completionCandidates = ToolNames.class,
      description = "Only accounts of these names, without a prefix.")
  void setNames(List<String> given) {
    names = List.copyOf(given);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (watch.isPresent() && (output == OutputFormat.JSON || output == OutputFormat.YAML)) {
      throw new ParameterException(spec.commandLine(), "--watch needs -o table or wide");
    }
    Settings settings = options.load();
    if (watch.isPresent()) {
      try (var termination = Termination.onSignal();
          Program program = Program.start(settings, options.local, false)) {
        return watch(program, settings, termination);
      }
    }
    try (Program program = Program.start(settings, options.local, false)) {
      StatusReport report =
          Patience.during(
              spec.commandLine().getErr(),
              Patience.READING,
              () -> StatusReading.of(program, settings, Clock.systemUTC().instant()));
      List<AccountRow> shown = shown(program, report);
      publish(report, shown);
      print(report, shown);
      List<String> unknown = report.unknown(names);
      unknown.forEach(
          name -> complain("neither the directory nor the cluster knows an account " + name));
      return unknown.isEmpty() ? ExitStatus.OK : ExitStatus.SOME_FAILED;
    } catch (IOException e) {
      complain("could not write the page " + html.get() + ": " + e);
      return ExitStatus.COULD_NOT_RUN;
    }
  }

  /** What the cluster holds is followed, so that only the directory is read again each time. */
  private int watch(Program program, Settings settings, Termination termination)
      throws InterruptedException {
    program.controller().standBy();
    try (var screen = new LiveScreen(spec.commandLine().getOut(), Screen::height)) {
      do {
        try {
          StatusReport report = StatusReading.of(program, settings, Clock.systemUTC().instant());
          List<AccountRow> shown = shown(program, report);
          publish(report, shown);
          screen.show(text().lines(report, shown));
        } catch (IOException | RuntimeException e) {
          screen.show(List.of(Clock.systemUTC().instant() + " could not look: " + e.getMessage()));
        }
      } while (!termination.await(Duration.ofSeconds(watch.get())));
    }
    return ExitStatus.OK;
  }

  private List<AccountRow> shown(Program program, StatusReport report) {
    Optional<Set<AccountName>> tools =
        selector.map(labels -> ToolSelection.of(program.connection(), labels));
    return new Filter(Set.copyOf(names), states, kind, expiring, notable)
        .of(report).stream()
            .filter(row -> tools.isEmpty() || isSelected(row, tools.get()))
            .toList();
  }

  private static boolean isSelected(AccountRow row, Set<AccountName> tools) {
    return row.kind() == AccountKind.TOOL
        && tools.stream().anyMatch(name -> name.value().equals(row.name()));
  }

  private void publish(StatusReport report, List<AccountRow> shown) throws IOException {
    if (html.isPresent()) {
      new PublishedFile(html.get()).write(StatusPage.of(report, shown));
    }
  }

  private void print(StatusReport report, List<AccountRow> shown) {
    PrintWriter out = spec.commandLine().getOut();
    switch (output) {
      case JSON -> out.println(StatusDocument.of(report, shown).json());
      case YAML -> out.print(StatusDocument.of(report, shown).yaml());
      case TABLE, WIDE -> text().lines(report, shown).forEach(out::println);
    }
    out.flush();
  }

  private StatusText text() {
    return new StatusText(
        Screen.width(spec.commandLine()), output == OutputFormat.WIDE, Screen.paint());
  }

  private void complain(String message) {
    spec.commandLine().getErr().println("maintain-kubeusers: " + message);
  }

  /** By the words that are shown. */
  private static final class ConditionConverter implements ITypeConverter<Condition> {
    @Override
    public Condition convert(String text) {
      try {
        return Condition.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "' " + e.getMessage());
      }
    }
  }

  private static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(AccountKind.values()).map(AccountKind::label).iterator();
    }
  }

  private static final class Conditions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Condition.values()).map(Condition::label).iterator();
    }
  }
}
