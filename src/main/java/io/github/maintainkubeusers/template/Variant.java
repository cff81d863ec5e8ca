package io.github.maintainkubeusers.template;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.plan.Blueprint;
import io.github.maintainkubeusers.plan.ManagedObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a tool of one tier has. */
record Variant(List<Template> templates, Map<String, String> namespaceLabels) {
  Variant {
    templates = List.copyOf(templates);
    namespaceLabels = Map.copyOf(namespaceLabels);
  }

  static Variant of(Collection<Template> templates, Map<String, String> namespaceLabels) {
    var ordered = new TreeMap<ManagedObject, Template>();
    templates.forEach(template -> ordered.put(template.object(), template));
    return new Variant(List.copyOf(ordered.values()), namespaceLabels);
  }

  Blueprint fill(AccountId tool) {
    return Blueprint.of(
        templates.stream().map(template -> template.fill(tool)).toList(), namespaceLabels);
  }
}
