package io.github.maintainkubeusers.template;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import io.github.maintainkubeusers.plan.Blueprint;
import io.github.maintainkubeusers.plan.InvalidContentException;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObjectKind;
import io.github.maintainkubeusers.yaml.ConfigurationException;
import io.github.maintainkubeusers.yaml.YamlDocument;
import io.github.maintainkubeusers.yaml.YamlException;
import io.github.maintainkubeusers.yaml.YamlLimits;
import io.github.maintainkubeusers.yaml.YamlMapping;
import io.github.maintainkubeusers.yaml.YamlNode;
import io.github.maintainkubeusers.yaml.YamlScalar;
import io.github.maintainkubeusers.yaml.YamlSequence;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads one template and sees that it is one that every tool can have. */
final class TemplateReader {
  private static final String NAMESPACE = "Namespace";
  private static final int MAX_BYTES = 1 << 20;

  /** A tool's namespace may be 58 characters long, and names of objects 253. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9.-]{1,190}");

  private static final Map<ObjectKind, Set<String>> FIELDS =
      Map.of(
          ObjectKind.RESOURCE_QUOTA,
          Set.of("hard", "scopes", "scopeSelector"),
          ObjectKind.LIMIT_RANGE,
          Set.of("limits"),
          ObjectKind.NETWORK_POLICY,
          Set.of("podSelector", "ingress", "egress", "policyTypes"),
          ObjectKind.ROLE_BINDING,
          Set.of("apiGroup", "kind", "name"));

  private final TemplateFile file;
  private final TemplateErrors faults = new TemplateErrors();

  TemplateReader(TemplateFile file) {
    this.file = file;
  }

  /** Those that the program gives to namespaces of tools. */
  private static final Set<String> OWN_LABELS =
      Set.of(
          "name",
          "tenancy",
          "maintain-kubeusers/state",
          "maintain-kubeusers/ends",
          Blueprint.TIER_LABEL);

  /**
   * What one file holds: an object, labels of namespaces, or nothing, which takes a bundled
   * template away.
   */
  record Read(Optional<Template> template, Map<String, String> namespaceLabels) {
    static final Read NOTHING = new Read(Optional.empty(), Map.of());
  }

  /**
   * @throws ConfigurationException with all that is wrong in the file
   */
  Read read() {
    Read read = parse();
    faults.throwIfAny();
    return read;
  }

  private Read parse() {
    try {
      Optional<YamlNode> root =
          YamlDocument.parse(file.content(), YamlLimits.ofBytes(MAX_BYTES))
              .root()
              .map(YamlNode::resolved);
      return root.isEmpty() ? Read.NOTHING : read(root.get());
    } catch (YamlException e) {
      faults.add(file.path(), e.line(), "column " + e.column() + ": " + e.reason());
      return Read.NOTHING;
    }
  }

  private Read read(YamlNode root) {
    if (!(root instanceof YamlMapping manifest)) {
      faults.add(file.path(), root, "is " + root.kind() + ", an object is expected");
      return Read.NOTHING;
    }
    checkPlaceholders(manifest);
    YamlMapping metadata = mapping(manifest, "metadata");
    String kind = text(manifest, "kind");
    if (kind.equals(NAMESPACE)) {
      return namespace(manifest, metadata);
    }
    Optional<ObjectKind> known = ObjectKind.of(kind).filter(FIELDS::containsKey);
    if (known.isEmpty()) {
      fault(
          manifest.get("kind").orElse(manifest),
          "kind: "
              + quoted(kind)
              + " is not one of Namespace, "
              + String.join(
                  ", ", new TreeSet<>(FIELDS.keySet()).stream().map(ObjectKind::label).toList()));
      return Read.NOTHING;
    }
    return object(known.get(), manifest, metadata);
  }

  private Read namespace(YamlMapping manifest, YamlMapping metadata) {
    expect(manifest, "apiVersion", "v1");
    onlyKeys(manifest, "", Set.of("apiVersion", "kind", "metadata"));
    onlyKeys(metadata, "metadata.", Set.of("labels"));
    var labels = new TreeMap<String, String>();
    texts(metadata, "labels").forEach((key, value) -> labels.put(key, (String) value));
    labels.keySet().stream()
        .filter(OWN_LABELS::contains)
        .forEach(own -> fault(metadata, "metadata.labels." + own + " is the program's to say"));
    labels.values().stream()
        .filter(Placeholders::isIn)
        .forEach(
            value ->
                fault(
                    metadata,
                    "metadata.labels: " + quoted(value) + ": no placeholders are filled here"));
    return new Read(Optional.empty(), labels);
  }

  private Read object(ObjectKind kind, YamlMapping manifest, YamlMapping metadata) {
    String body = kind.isBinding() ? "roleRef" : "spec";
    expect(manifest, "apiVersion", kind.apiVersion());
    onlyKeys(manifest, "", Set.of("apiVersion", "kind", "metadata", body));
    onlyKeys(metadata, "metadata.", Set.of("name", "namespace", "labels", "annotations"));
    metadata
        .get("namespace")
        .filter(node -> !isText(node, "$(namespace)"))
        .ifPresent(
            node ->
                fault(
                    node,
                    "metadata.namespace: a tool's objects stand in its own namespace: leave it"
                        + " out"));
    YamlMapping spec = mapping(manifest, body);
    onlyKeys(spec, body + ".", FIELDS.get(kind));
    if (kind.isBinding()) {
      expect(spec, "kind", "ClusterRole");
      Object _ = text(spec, "name");
    }
    String name = text(metadata, "name");
    if (!NAME.matcher(Placeholders.fill(name, Map.of("name", "x", "namespace", "x"))).matches()) {
      fault(
          metadata.get("name").orElse(metadata),
          "metadata.name: " + quoted(name) + " cannot be a name");
    }
    Map<String, Object> meta =
        Map.of("labels", texts(metadata, "labels"), "annotations", texts(metadata, "annotations"));
    return faults.isEmpty() ? template(kind, name, meta, manifest, body) : Read.NOTHING;
  }

  private Read template(
      ObjectKind kind,
      String name,
      Map<String, Object> metadata,
      YamlMapping manifest,
      String body) {
    try {
      YamlMapping tree = mapping(manifest, body);
      Map<String, Object> content =
          Map.of(body, kind.isKept() ? Trees.withoutNumbers(tree) : Trees.of(tree));
      return new Read(
          Optional.of(Template.of(new ManagedObject(kind, file.name()), name, metadata, content)),
          Map.of());
    } catch (InvalidContentException e) {
      fault(Trees.nearest(manifest, e.path()), String.join(".", e.path()) + ": " + e.getMessage());
      return Read.NOTHING;
    }
  }

  private void checkPlaceholders(YamlNode node) {
    switch (node.resolved()) {
      case YamlMapping mapping ->
          mapping
              .keys()
              .forEach(
                  key -> {
                    if (Placeholders.isIn(key.text())) {
                      fault(key, quoted(key.text()) + ": no placeholders are filled in keys");
                    }
                    checkPlaceholders(mapping.get(key.text()).orElseThrow());
                  });
      case YamlSequence list -> list.items().forEach(this::checkPlaceholders);
      case YamlScalar scalar ->
          Placeholders.unknownIn(scalar.text())
              .forEach(
                  unknown ->
                      fault(
                          scalar,
                          "$("
                              + quoted(unknown).replace("\"", "")
                              + ") is not known: there are "
                              + "$(name) and $(namespace)"));
      default -> {
        // an alias is looked at where it leads
      }
    }
  }

  private void expect(YamlMapping mapping, String key, String value) {
    if (!text(mapping, key).equals(value)) {
      fault(mapping.get(key).orElse(mapping), key + " must be " + value);
    }
  }

  private void onlyKeys(YamlMapping mapping, String path, Set<String> known) {
    mapping.keys().stream()
        .filter(key -> !known.contains(key.text()))
        .forEach(
            key ->
                fault(
                    key,
                    path
                        + quoted(key.text()).replace("\"", "")
                        + ": unknown key, there are "
                        + new TreeSet<>(known)));
  }

  private Map<String, Object> texts(YamlMapping mapping, String key) {
    var texts = new TreeMap<String, Object>();
    if (mapping.get(key).isPresent()) {
      YamlMapping values = mapping(mapping, key);
      values.keys().forEach(name -> texts.put(name.text(), text(values, name.text())));
    }
    return texts;
  }

  private YamlMapping mapping(YamlMapping parent, String key) {
    Optional<YamlNode> node = parent.get(key);
    if (node.isPresent() && node.get() instanceof YamlMapping mapping) {
      return mapping;
    }
    fault(node.orElse(parent), key + " is missing, or not a mapping");
    return YamlMapping.create();
  }

  private String text(YamlMapping parent, String key) {
    Optional<YamlNode> node = parent.get(key);
    if (node.isPresent() && node.get() instanceof YamlScalar scalar && scalar.isText()) {
      return scalar.text();
    }
    fault(node.orElse(parent), key + " is missing, or not a text: quote it");
    return "";
  }

  private static boolean isText(YamlNode node, String text) {
    return node instanceof YamlScalar scalar && scalar.text().equals(text);
  }

  private void fault(YamlNode node, String fault) {
    faults.add(file.path(), node, fault);
  }
}
