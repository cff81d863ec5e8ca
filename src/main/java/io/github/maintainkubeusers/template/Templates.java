package io.github.maintainkubeusers.template;

import io.github.maintainkubeusers.plan.Blueprint;
import io.github.maintainkubeusers.plan.ObjectKind;
import io.github.maintainkubeusers.yaml.ConfigurationException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All templates, by tier. A file replaces the one of the same name before it: an operator's the
 * bundled one, a tier's the one of all tiers.
 */
public final class Templates {
  private static final String QUARANTINE = "maintain-kubeusers-quarantine";

  private final Map<String, Variant> tiers;
  private final Variant standard;

  private Templates(Variant standard, Map<String, Variant> tiers) {
    this.standard = standard;
    this.tiers = Map.copyOf(tiers);
  }

  /**
   * @param folder with an operator's own
   * @throws ConfigurationException with all that is wrong in them, by file and line
   */
  public static Templates load(Optional<Path> folder) {
    var faults = new TemplateErrors();
    var files = new ArrayList<>(TemplateFile.bundled());
    folder.map(TemplateFile::in).ifPresent(files::addAll);
    var standard = new Layer(Map.of(), Map.of());
    var tiers = new TreeMap<String, Map<String, TemplateReader.Read>>();
    for (TemplateFile file : files) {
      TemplateReader.Read read = read(file, faults);
      checkKind(file, read, standard, faults);
      if (file.tier().isPresent()) {
        tiers.computeIfAbsent(file.tier().get(), _ -> new HashMap<>()).put(file.name(), read);
      } else {
        standard = standard.with(file.name(), read);
      }
    }
    var variants = new HashMap<String, Variant>();
    for (var tier : tiers.entrySet()) {
      Layer layer = standard;
      for (var read : tier.getValue().entrySet()) {
        layer = layer.with(read.getKey(), read.getValue());
      }
      variants.put(
          tier.getKey(),
          layer.variant(folder, Map.of(Blueprint.TIER_LABEL, tier.getKey()), faults));
    }
    Variant base = standard.variant(folder, Map.of(), faults);
    faults.throwIfAny();
    return new Templates(base, variants);
  }

  Variant standard() {
    return standard;
  }

  Optional<Variant> tier(String name) {
    return Optional.ofNullable(tiers.get(name));
  }

  Set<String> tierNames() {
    return new TreeSet<>(tiers.keySet());
  }

  Set<ObjectKind> kinds() {
    return Stream.concat(Stream.of(standard), tiers.values().stream())
        .map(Variant::templates)
        .flatMap(Collection::stream)
        .map(template -> template.object().kind())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static TemplateReader.Read read(TemplateFile file, TemplateErrors faults) {
    try {
      return new TemplateReader(file).read();
    } catch (ConfigurationException e) {
      faults.addAll(e);
      return TemplateReader.Read.NOTHING;
    }
  }

  /** An object keeps its kind, or what is remembered of it would be of something else. */
  private static void checkKind(
      TemplateFile file, TemplateReader.Read read, Layer before, TemplateErrors faults) {
    Optional<ObjectKind> kind = read.template().map(template -> template.object().kind());
    Optional<ObjectKind> was =
        Optional.ofNullable(before.templates().get(file.name()))
            .map(template -> template.object().kind());
    if (kind.isPresent() && was.isPresent() && !kind.equals(was)) {
      faults.add(
          file.path(),
          1,
          "is a "
              + kind.get().label()
              + ", the template that it replaces is a "
              + was.get().label());
    }
  }

  /** Templates and labels of namespaces by the names of their files. */
  private record Layer(Map<String, Template> templates, Map<String, Map<String, String>> labels) {
    Layer with(String name, TemplateReader.Read read) {
      var changedTemplates = new HashMap<>(templates);
      var changedLabels = new HashMap<>(labels);
      changedTemplates.remove(name);
      read.template().ifPresent(template -> changedTemplates.put(name, template));
      changedLabels.put(name, read.namespaceLabels());
      return new Layer(changedTemplates, changedLabels);
    }

    Variant variant(Optional<Path> folder, Map<String, String> ownLabels, TemplateErrors faults) {
      var names = new TreeSet<String>();
      for (Template template : templates.values()) {
        String name = template.object().kind() + " " + template.name();
        if (!names.add(name) || template.name().equals(QUARANTINE)) {
          faults.add(
              folder.map(Path::toString).orElse("templates"),
              1,
              "two objects have the same name: "
                  + template.object().kind().label()
                  + " "
                  + template.name());
        }
      }
      var namespaceLabels = new TreeMap<String, String>();
      labels.values().forEach(namespaceLabels::putAll);
      namespaceLabels.putAll(ownLabels);
      return Variant.of(templates.values(), namespaceLabels);
    }
  }
}
