package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands that docs/operations.md tells an operator, done as they are written. */
public record Procedure(String commands) {
  private static final Path DOCUMENT = Path.of("docs/operations.md");

  /**
   * @param start how the first of the commands begins, by which no other procedure does
   */
  public static Procedure startingWith(String start) {
    Matcher found =
        Pattern.compile("(?ms)^( *)```sh\n\\1(" + Pattern.quote(start) + ".*?)^\\1```")
            .matcher(text());
    if (!found.find()) {
      throw new AssertionError(DOCUMENT + " has no procedure that starts with: " + start);
    }
    return new Procedure(found.group(2).replaceAll("(?m)^" + found.group(1), ""));
  }

  public void run(Kubectl kubectl) {
    kubectl.script(commands);
  }

  private static String text() {
    try {
      return Files.readString(DOCUMENT);
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + DOCUMENT, e);
    }
  }
}
