package io.github.maintainkubeusers.template;

import io.github.maintainkubeusers.yaml.YamlAlias;
import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlScalar;
import io.github.maintainkubeusers.yaml.YamlSequence;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** YAML as the maps, lists, texts, numbers and booleans that JSON has. */
final class Trees {
  private final boolean numbers;

  private Trees(boolean numbers) {
    this.numbers = numbers;
  }

  static Map<String, Object> of(YamlMapping mapping) {
    return new Trees(true).tree(mapping);
  }

  /**
   * With numbers as the texts that they are written as: server-side apply takes amounts only so.
   */
  static Map<String, Object> withoutNumbers(YamlMapping mapping) {
    return new Trees(false).tree(mapping);
  }

  /** The node at a path of keys and places in lists, or as near to it as there is one. */
  static YamlNode nearest(YamlNode top, List<String> path) {
    YamlNode node = top;
    for (String step : path) {
      Optional<YamlNode> next =
          switch (node) {
            case YamlMapping mapping -> mapping.get(step);
            case YamlSequence list when step.matches("[0-9]{1,4}") ->
                list.items().stream().skip(Integer.parseInt(step)).findFirst();
            default -> Optional.empty();
          };
      if (next.isEmpty()) {
        return node;
      }
      node = next.get();
    }
    return node;
  }

  private Map<String, Object> tree(YamlMapping mapping) {
    var tree = new LinkedHashMap<String, Object>();
    for (YamlScalar key : mapping.keys()) {
      mapping
          .get(key.text())
          .filter(value -> !(value instanceof YamlScalar scalar && scalar.isNull()))
          .ifPresent(value -> tree.put(key.text(), value(value)));
    }
    return tree;
  }

  private Object value(YamlNode node) {
    return switch (node) {
      case YamlMapping mapping -> tree(mapping);
      case YamlSequence list -> list.items().stream().map(this::value).toList();
      case YamlScalar scalar -> value(scalar);
      case YamlAlias alias -> value(alias.resolved());
    };
  }

  /** Text without quotes that could be read in two ways is text here. */
  private Object value(YamlScalar scalar) {
    return switch (scalar.type()) {
      case INTEGER, FLOAT -> numbers ? number(scalar.text()) : scalar.text();
      case BOOLEAN -> Boolean.valueOf(scalar.text());
      case TEXT, DISPUTED, NULL -> scalar.text();
    };
  }

  private static Object number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException _) {
      return text;
    }
  }
}
