package io.github.maintainkubeusers.yaml;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * The library's complaints without the text they quote. Of what it says, only phrases known to be
 * free of content are passed on.
 */
final class ParserErrors {
  private static final List<String> PHRASES =
      List.of(
          "could not find expected ':'",
          "sequence entries are not allowed here",
          "mapping keys are not allowed here",
          "mapping values are not allowed here",
          "found unexpected end of stream",
          "found unexpected document separator",
          "found duplicate YAML directive",
          "found undefined tag handle",
          "duplicate tag handle",
          "found unknown escape character",
          "unexpected character found",
          "expected a comment or a line break",
          "expected chomping or indentation indicators",
          "expected the node content",
          "expected ',' or ']'",
          "expected ',' or '}'",
          "expected <block end>",
          "expected '<document start>'",
          "the leading empty lines contain more spaces");
  private static final String TAB = "(Do not use \\t(TAB) for indentation)";
  private static final String INDICATOR = "that cannot start any token";

  private ParserErrors() {}

  static YamlException of(RuntimeException e, Source source) {
    return switch (e) {
      case MarkedYamlEngineException marked ->
          at(marked.getProblemMark().or(marked::getContextMark), marked);
      case ReaderException unreadable -> unprintable(unreadable.getPosition(), source);
      default -> new YamlException("not well-formed YAML", 1, 1);
    };
  }

  private static YamlException at(Optional<Mark> mark, MarkedYamlEngineException e) {
    return new YamlException(
        phrase(String.valueOf(e.getProblem())),
        mark.map(m -> m.getLine() + 1).orElse(1),
        mark.map(m -> m.getColumn() + 1).orElse(1));
  }

  private static String phrase(String error) {
    if (error.contains(INDICATOR)) {
      return error.contains(TAB)
          ? "found a tab where indentation or a value is expected"
          : "found a character that cannot start a value";
    }
    return PHRASES.stream().filter(error::startsWith).findFirst().orElse("not well-formed YAML");
  }

  private static YamlException unprintable(int codePoint, Source source) {
    int end = source.text().offsetByCodePoints(0, codePoint);
    int line = (int) source.text().substring(0, end).chars().filter(c -> c == '\n').count() + 1;
    return new YamlException("found a control character", line, end - source.lineStart(end) + 1);
  }
}
