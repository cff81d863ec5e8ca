package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands that the documentation tells an operator, done as they are written. */
public record Procedure(String commands) {
  private static final Path DOCUMENT = Path.of("docs/operations.md");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\n(.*?)^```");

  /**
   * The blocks of commands below a heading, up to the next one.
   *
   * @param document file below docs/
   */
  public static List<Procedure> below(String document, String heading) {
    Matcher section =
        Pattern.compile("(?ms)^#+ " + Pattern.quote(heading) + "\n(.*?)(^#+ |\\z)")
            .matcher(text(Path.of("docs", document)));
    if (!section.find()) {
      throw new AssertionError(document + " has no heading: " + heading);
    }
    return BLOCK
        .matcher(section.group(1))
        .results()
        .map((MatchResult block) -> new Procedure(block.group(1)))
        .toList();
  }

  /** The headings of a document at this level. */
  public static List<String> headings(String document, int level) {
    return Pattern.compile("(?m)^#{" + level + "} (.*)$")
        .matcher(text(Path.of("docs", document)))
        .results()
        .map((MatchResult heading) -> heading.group(1))
        .toList();
  }

  /**
   * @param start how the first of the commands begins, by which no other procedure does
   */
  public static Procedure startingWith(String start) {
    Matcher found =
        Pattern.compile("(?ms)^( *)```sh\n\\1(" + Pattern.quote(start) + ".*?)^\\1```")
            .matcher(text(DOCUMENT));
    if (!found.find()) {
      throw new AssertionError(DOCUMENT + " has no procedure that starts with: " + start);
    }
    return new Procedure(found.group(2).replaceAll("(?m)^" + found.group(1), ""));
  }

  public void run(Kubectl kubectl) {
    kubectl.script(commands);
  }

  private static String text(Path document) {
    try {
      return Files.readString(document);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + document, e);
    }
  }
}
