package io.github.maintainkubeusers.app;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What completes command lines in fish, a line for each word. See
 * https://fishshell.com/docs/current/cmds/complete.html
 */
final class FishCompletion {
  private static final int LONGEST = 70;

  private final String program;
  private final List<String> lines = new ArrayList<>();

  private FishCompletion(String program) {
    this.program = program;
  }

  static String of(CommandLine line) {
    var completion = new FishCompletion(line.getCommandName());
    completion.lines.add("complete -c " + completion.program + " -f");
    completion.add(line, List.of());
    return String.join("\n", completion.lines);
  }

  /**
   * @param path of commands that lead to this one
   */
  private void add(CommandLine line, List<String> path) {
    CommandSpec command = line.getCommandSpec();
    String condition = condition(path, List.copyOf(line.getSubcommands().keySet()));
    line.getSubcommands()
        .forEach(
            (name, inner) ->
                add(condition, "-a " + quoted(name), text(inner.getCommandSpec().usageMessage())));
    command.options().stream()
        .filter(option -> !option.hidden())
        .forEach(option -> add(condition, words(option), first(option.description())));
    command
        .positionalParameters()
        .forEach(
            parameter -> {
              String candidates = candidates(parameter);
              if (!candidates.isEmpty()) {
                add(condition, "-a " + quoted(candidates), first(parameter.description()));
              }
            });
    line.getSubcommands()
        .forEach(
            (name, inner) -> {
              var longer = new ArrayList<>(path);
              longer.add(name);
              add(inner, longer);
            });
  }

  /** When the words before lead to the command, and to none of those in it. */
  private static String condition(List<String> path, List<String> inner) {
    String seen =
        path.stream()
            .map(name -> "__fish_seen_subcommand_from " + name)
            .collect(Collectors.joining("; and "));
    String further =
        inner.isEmpty() ? "" : "not __fish_seen_subcommand_from " + String.join(" ", inner);
    return seen + (seen.isEmpty() || further.isEmpty() ? "" : "; and ") + further;
  }

  private void add(String condition, String words, String description) {
    lines.add(
        "complete -c "
            + program
            + " -n "
            + quoted(condition)
            + " "
            + words
            + " -d "
            + quoted(description));
  }

  /** Its names, and the values that it takes, or any file where it takes others. */
  private static String words(OptionSpec option) {
    String names =
        Stream.of(option.names())
            .map(
                name ->
                    name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
            .collect(Collectors.joining(" "));
    String candidates = candidates(option);
    if (option.arity().min() == 0) {
      return names;
    }
    return names + (candidates.isEmpty() ? " -r -F" : " -x -a " + quoted(candidates));
  }

  private static String candidates(ArgSpec argument) {
    return argument.completionCandidates() == null
        ? ""
        : StreamSupport.stream(argument.completionCandidates().spliterator(), false)
            .collect(Collectors.joining(" "))
            .replace(ToolNames.OF_BASH, ToolNames.OF_FISH);
  }

  private static String text(CommandLine.Model.UsageMessageSpec usage) {
    return usage.header().length > 0 ? first(usage.header()) : first(usage.description());
  }

  /** The first sentence, without what the library would fill in. */
  private static String first(String... texts) {
    String text = texts.length == 0 ? "" : texts[0].replace("%n", "").replaceAll("\\$\\{.*", "");
    String sentence = text.replaceFirst("(?s)[.:] .*", "").strip().replaceFirst("[.:,(]+$", "");
    return sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST - 3) + "...";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
