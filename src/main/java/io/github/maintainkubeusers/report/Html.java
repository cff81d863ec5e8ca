package io.github.maintainkubeusers.report;

import java.util.Map;
import java.util.TreeMap;

/** HTML whose elements and attributes are the program's, and whose texts may be anybody's. */
final class Html {
  private final StringBuilder out = new StringBuilder();

  Html open(String element, Map<String, String> attributes) {
    out.append('<').append(element);
    new TreeMap<>(attributes)
        .forEach(
            (name, value) ->
                out.append(' ').append(name).append("=\"").append(escaped(value)).append('"'));
    out.append('>');
    return this;
  }

  /** An element that has no end, written so that parsers of XML read it as well. */
  Html empty(String element, Map<String, String> attributes) {
    open(element, attributes);
    out.insert(out.length() - 1, '/');
    return this;
  }

  Html close(String element) {
    out.append("</").append(element).append(">\n");
    return this;
  }

  Html element(String element, Map<String, String> attributes, String text) {
    open(element, attributes);
    out.append(escaped(text));
    return close(element);
  }

  Html element(String element, String text) {
    return element(element, Map.of(), text);
  }

  /**
   * What controls a terminal or turns the direction of text is shown as its number, as in tables.
   */
  private static String escaped(String text) {
    return TextTable.clean(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
