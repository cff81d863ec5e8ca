package io.github.maintainkubeusers.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One item of a LimitRange. For containers the API server derives what is absent
 * (SetDefaults_LimitRangeItem in Kubernetes' pkg/apis/core/v1/defaults.go).
 */
final class LimitItem {
  private static final List<String> AMOUNTS =
      List.of("default", "defaultRequest", "max", "min", "maxLimitRequestRatio");

  private LimitItem() {}

  static Object normal(Object item, List<String> path) {
    var copy = new TreeMap<String, Object>(ContentTree.map(item));
    for (String key : AMOUNTS) {
      var below = new ArrayList<>(path);
      below.add(key);
      copy.computeIfPresent(key, (_, amounts) -> ContentTree.amounts(amounts, below));
    }
    if (Objects.equals(copy.get("type"), "Container")) {
      derive(copy, "default", "max");
      derive(copy, "defaultRequest", "default");
      derive(copy, "defaultRequest", "min");
    }
    return copy;
  }

  private static void derive(Map<String, Object> item, String key, String from) {
    Map<String, Object> amounts = ContentTree.map(item.get(key));
    ContentTree.map(item.get(from)).forEach(amounts::putIfAbsent);
    item.put(key, amounts);
  }
}
