package io.github.maintainkubeusers.app;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * The help texts as one manual page: the program's own, then those of its commands, word by word.
 */
final class ManPage {
  /** As man has it, less its margin. */
  private static final int WIDTH = 72;

  private ManPage() {}

  static String of(CommandLine program) {
    program.setUsageHelpAutoWidth(false).setUsageHelpWidth(WIDTH);
    var lines = new ArrayList<String>();
    String name = program.getCommandName();
    lines.add(
        ".TH "
            + name.toUpperCase(Locale.ROOT).replace("-", "\\-")
            + " 8 \"\" \""
            + escaped(String.join(" ", program.getCommandSpec().version()))
            + "\"");
    lines.add(".SH NAME");
    lines.add(
        escaped(name)
            + " \\- "
            + escaped(String.join(" ", program.getCommandSpec().usageMessage().header())));
    section("DESCRIPTION", program, lines);
    program
        .getSubcommands()
        .forEach((command, line) -> section(command.toUpperCase(Locale.ROOT), line, lines));
    return lines.stream().collect(joining("\n", "", "\n"));
  }

  private static void section(String title, CommandLine line, List<String> lines) {
    lines.add(".SH \"" + escaped(title) + "\"");
    lines.add(".nf");
    line.getUsageMessage(Ansi.OFF).strip().lines().map(ManPage::escaped).forEach(lines::add);
    lines.add(".fi");
  }

  /** No line of text is a request, and a hyphen is the one that can be copied. */
  private static String escaped(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
