package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.yaml.YamlDocument;
import io.github.maintainkubeusers.yaml.YamlNode;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** How commands print what they found. */
enum OutputFormat {
  TABLE,
  WIDE,
  JSON,
  YAML;

  /**
   * Prints what a command has found out.
   *
   * @param lines for a person
   * @param tree for another program
   */
  void print(PrintWriter out, Supplier<List<String>> lines, Supplier<YamlNode> tree) {
    switch (this) {
      case TABLE, WIDE -> lines.get().forEach(out::println);
      case JSON ->
          out.print(new String(YamlDocument.writeJson(tree.get()), StandardCharsets.UTF_8));
      case YAML -> out.print(new String(YamlDocument.write(tree.get()), StandardCharsets.UTF_8));
    }
    out.flush();
  }

  /** As people type it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
