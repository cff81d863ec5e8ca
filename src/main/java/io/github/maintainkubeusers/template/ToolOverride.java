package io.github.maintainkubeusers.template;

import io.github.maintainkubeusers.plan.ManagedObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one tool has differently, because somebody said so.
 *
 * @param quota entries of the quota's {@code hard}, in place of the template's
 * @param limits for containers: {@code max}, {@code default} and so on, each with entries in place
 *     of the template's
 * @param until from then on it counts for nothing
 */
record ToolOverride(
    Optional<String> tier,
    Map<String, String> quota,
    Map<String, Map<String, String>> limits,
    Optional<Instant> until) {
  ToolOverride {
    quota = Map.copyOf(quota);
    limits = Map.copyOf(limits);
  }

  boolean isOver(Instant now) {
    return until.filter(end -> !now.isBefore(end)).isPresent();
  }

  /**
   * @throws io.github.maintainkubeusers.plan.InvalidContentException when an amount in it is none
   */
  Variant apply(Variant variant) {
    return new Variant(
        variant.templates().stream().map(this::apply).toList(), variant.namespaceLabels());
  }

  private Template apply(Template template) {
    if (template.object().equals(ManagedObject.RESOURCE_QUOTA) && !quota.isEmpty()) {
      return template.with(Map.of("spec", changed(spec(template), "hard", quota)));
    }
    if (template.object().equals(ManagedObject.LIMIT_RANGE) && !limits.isEmpty()) {
      Map<String, Object> spec = new LinkedHashMap<>(spec(template));
      spec.put("limits", list(spec.get("limits")).stream().map(this::limited).toList());
      return template.with(Map.of("spec", spec));
    }
    return template;
  }

  private Object limited(Object item) {
    Map<String, Object> changed = mapping(item);
    if (Objects.equals(changed.get("type"), "Container")) {
      for (var limit : limits.entrySet()) {
        changed = changed(changed, limit.getKey(), limit.getValue());
      }
    }
    return changed;
  }

  private static Map<String, Object> spec(Template template) {
    return mapping(template.content().get("spec"));
  }

  private static Map<String, Object> changed(
      Map<String, Object> mapping, String key, Map<String, String> entries) {
    var changed = new LinkedHashMap<>(mapping);
    Map<String, Object> inner = mapping(mapping.get(key));
    inner.putAll(entries);
    changed.put(key, inner);
    return changed;
  }

  private static Map<String, Object> mapping(Object value) {
    var copy = new LinkedHashMap<String, Object>();
    if (value instanceof Map<?, ?> mapping) {
      mapping.forEach((key, item) -> copy.put((String) key, item));
    }
    return copy;
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}
