package io.github.maintainkubeusers.plan;

import io.github.maintainkubeusers.account.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Mappings and lists of an object's content, of which nothing is known beforehand. */
final class ContentTree {
  private ContentTree() {}

  static Map<String, Object> amounts(Object mapping, List<String> path) {
    var amounts = new TreeMap<String, Object>();
    map(mapping)
        .forEach(
            (name, value) -> {
              try {
                amounts.put(name, Quantity.parse(String.valueOf(value)).toString());
              } catch (InvalidValueException e) {
                throw new InvalidContentException(below(path, name), e);
              }
            });
    return amounts;
  }

  static Object each(
      Object list, List<String> path, BiFunction<Object, List<String>, Object> change) {
    var items = new ArrayList<Object>();
    for (Object item : list(list)) {
      items.add(change.apply(item, below(path, Integer.toString(items.size()))));
    }
    return items;
  }

  static Map<String, Object> withDefault(Map<String, Object> mapping, String key, Object value) {
    var copy = new TreeMap<>(mapping);
    copy.putIfAbsent(key, value);
    return copy;
  }

  /** What is not a mapping counts as an empty one: the API server would refuse it. */
  static Map<String, Object> map(Object value) {
    var copy = new TreeMap<String, Object>();
    if (value instanceof Map<?, ?> mapping) {
      mapping.forEach(
          (key, item) -> {
            if (item != null) {
              copy.put(String.valueOf(key), item);
            }
          });
    }
    return copy;
  }

  static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static List<String> below(List<String> path, String key) {
    var longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }
}
