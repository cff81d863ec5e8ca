package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Examples as the documentation gives them to readers. */
public final class Documented {
  private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

  private Documented() {}

  /** What docs/directories.md has configurations look like, and connection files, in order. */
  public static List<String> directories() {
    try {
      return YAML.matcher(Files.readString(Path.of("docs/directories.md")))
          .results()
          .map((MatchResult block) -> block.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read docs/directories.md", e);
    }
  }

  /** The configuration for a layout. */
  public static String directory(String layout) {
    return directories().stream()
        .filter(text -> text.contains("  layout: " + layout + "\n"))
        .findFirst()
        .orElseThrow();
  }
}
