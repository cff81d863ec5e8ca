package io.github.maintainkubeusers.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads a mapping of a configuration file into typed values. A fault does not end the reading: the
 * default stands in, and {@link #finish} reports all of them at once. What has not been asked for
 * by then is an unknown key. Null counts as absent.
 */
public final class ConfigReader {
  private static final int MAX_BYTES = 4 << 20;

  private final ConfigErrors errors;
  private final String path;
  private final YamlMapping mapping;
  private final Set<String> known = new LinkedHashSet<>();
  private final List<ConfigReader> children = new ArrayList<>();

  private ConfigReader(ConfigErrors errors, String path, YamlMapping mapping) {
    this.errors = errors;
    this.path = path;
    this.mapping = mapping;
  }

  /**
   * @param file how the file is called in messages
   * @throws ConfigurationException when the content is not YAML or not a mapping; none at all is an
   *     empty mapping
   */
  public static ConfigReader of(String file, byte[] content) {
    var errors = new ConfigErrors(file);
    try {
      var root =
          YamlDocument.parse(content, YamlLimits.ofOperator(MAX_BYTES))
              .root()
              .map(YamlNode::resolved)
              .filter(node -> !ConfigValues.isNull(node));
      root.filter(node -> !(node instanceof YamlMapping))
          .ifPresent(
              node ->
                  errors.add(
                      node.line(), "", "the file is " + node.kind() + ", a mapping is expected"));
      errors.throwIfAny();
      return new ConfigReader(errors, "", (YamlMapping) root.orElseGet(YamlMapping::create));
    } catch (YamlException e) {
      errors.add(e.line(), "", "column " + e.column() + ": " + e.reason());
      errors.throwIfAny();
      throw e;
    }
  }

  /** True when the key is there and not null. */
  public boolean has(String key) {
    return present(key).isPresent();
  }

  /** Whether the value is this word, where it may be a mapping too. */
  public boolean says(String key, String word) {
    return present(key)
        .filter(node -> node instanceof YamlScalar scalar && scalar.text().equals(word))
        .isPresent();
  }

  /** The value as it is written, also of a number: {@code version: 1.20} is {@code 1.20}. */
  public Optional<String> string(String key) {
    return value(key, Function.identity());
  }

  public String string(String key, String ifAbsent) {
    return string(key).orElse(ifAbsent);
  }

  /** A text that no message shows. */
  public Optional<String> secret(String key) {
    return scalar(key).map(YamlScalar::text);
  }

  public boolean bool(String key, boolean ifAbsent) {
    return value(key, ConfigValues::bool).orElse(ifAbsent);
  }

  /** A decimal number, bounds included. */
  public int integer(String key, int ifAbsent, int min, int max) {
    return value(key, text -> ConfigValues.integer(text, min, max)).orElse(ifAbsent);
  }

  /** In the form of {@link Durations#parse}, bounds included. */
  public Duration duration(String key, Duration ifAbsent, Duration min, Duration max) {
    return value(key, text -> ConfigValues.duration(text, min, max)).orElse(ifAbsent);
  }

  /** One of an enum's constants, written in lower case and with {@code -} for {@code _}. */
  public <E extends Enum<E>> E choice(String key, E ifAbsent) {
    return value(key, text -> ConfigValues.choice(text, ifAbsent.getDeclaringClass()))
        .orElse(ifAbsent);
  }

  /**
   * A value with a form of its own.
   *
   * @param parser throws {@link IllegalArgumentException}, whose message becomes the error
   */
  public <T> Optional<T> value(String key, Function<String, T> parser) {
    return scalar(key).flatMap(scalar -> parsed(scalar, pathOf(key), parser));
  }

  public List<String> stringList(String key, List<String> ifAbsent) {
    return list(key, Function.identity()).orElse(ifAbsent);
  }

  /** A list of values, each parsed as in {@link #value}; those that cannot be are left out. */
  public <T> Optional<List<T>> list(String key, Function<String, T> parser) {
    return items(key)
        .map(
            items ->
                IntStream.range(0, items.size())
                    .boxed()
                    .flatMap(
                        i ->
                            scalar(items.get(i), pathOf(key) + "[" + i + "]")
                                .flatMap(
                                    scalar -> parsed(scalar, pathOf(key) + "[" + i + "]", parser))
                                .stream())
                    .toList());
  }

  /** A mapping below this one; an absent one is empty. */
  public ConfigReader mapping(String key) {
    return child(present(key), pathOf(key));
  }

  /**
   * The same for a mapping that had another name in earlier versions. The earlier name is read too,
   * which is one of the {@link #warnings}; the two together are a fault.
   */
  public ConfigReader mapping(String key, String earlierKey) {
    Optional<YamlNode> earlier = mapping.get(earlierKey);
    if (earlier.isEmpty()) {
      return mapping(key);
    }
    known.add(earlierKey);
    if (has(key)) {
      error(earlierKey, "is the earlier name of " + pathOf(key) + ": leave it out");
      return mapping(key);
    }
    errors.warn(
        earlier.get().line(),
        pathOf(earlierKey),
        "is called " + pathOf(key) + " now; the earlier name is still read");
    return mapping(earlierKey);
  }

  /** A list of mappings; an absent one is empty. */
  public List<ConfigReader> mappings(String key) {
    var items = items(key).orElse(List.of());
    return IntStream.range(0, items.size())
        .mapToObj(i -> child(Optional.of(items.get(i)), pathOf(key) + "[" + i + "]"))
        .toList();
  }

  /**
   * A mapping whose keys are names that only the file knows, and whose values are mappings; in
   * order.
   */
  public Map<String, ConfigReader> mappingsByName(String key) {
    var names = mapping(key);
    var result = new LinkedHashMap<String, ConfigReader>();
    names.mapping.keys().forEach(name -> result.put(name.text(), names.mapping(name.text())));
    return result;
  }

  /**
   * A mapping whose keys are names that only the file knows, and whose values are as in {@link
   * #value}; in order.
   */
  public <T> Map<String, T> valuesByName(String key, Function<String, T> parser) {
    var names = mapping(key);
    var result = new LinkedHashMap<String, T>();
    names
        .mapping
        .keys()
        .forEach(
            name ->
                names
                    .value(name.text(), parser)
                    .ifPresent(value -> result.put(name.text(), value)));
    return result;
  }

  /** Reports those of the keys that are absent. */
  public void require(String... keys) {
    for (String key : keys) {
      if (!has(key)) {
        errors.add(Math.max(1, mapping.line()), pathOf(key), "is missing");
      }
    }
  }

  /** Reports a fault that only shows when values are compared. */
  public void error(String key, String message) {
    errors.add(
        present(key).map(YamlNode::line).orElse(Math.max(1, mapping.line())), pathOf(key), message);
  }

  /** What works and should be changed all the same, like the messages of faults. */
  public List<String> warnings() {
    return errors.warnings();
  }

  /**
   * @throws ConfigurationException when there was any fault, or a key that was not asked for
   */
  public void finish() {
    reportUnknownKeys();
    errors.throwIfAny();
  }

  private void reportUnknownKeys() {
    mapping.keys().stream()
        .filter(key -> !known.contains(key.text()))
        .forEach(
            key ->
                errors.add(
                    key.line(),
                    pathOf(SafeText.bare(key.text())),
                    "unknown key" + Suggestion.forWord(key.text(), known)));
    children.forEach(ConfigReader::reportUnknownKeys);
  }

  private Optional<YamlNode> present(String key) {
    known.add(key);
    return mapping.get(key).filter(node -> !ConfigValues.isNull(node));
  }

  private Optional<YamlScalar> scalar(String key) {
    return present(key).flatMap(node -> scalar(node, pathOf(key)));
  }

  private Optional<YamlScalar> scalar(YamlNode node, String where) {
    return expected(YamlScalar.class, node, where, "a single value");
  }

  private Optional<List<YamlNode>> items(String key) {
    return present(key)
        .flatMap(node -> expected(YamlSequence.class, node, pathOf(key), "a list"))
        .map(YamlSequence::items);
  }

  private ConfigReader child(Optional<YamlNode> node, String where) {
    var below = node.flatMap(present -> expected(YamlMapping.class, present, where, "a mapping"));
    var child = new ConfigReader(errors, where, below.orElseGet(YamlMapping::create));
    children.add(child);
    return child;
  }

  private <T extends YamlNode> Optional<T> expected(
      Class<T> type, YamlNode node, String where, String name) {
    if (!type.isInstance(node)) {
      errors.add(node.line(), where, "is " + node.kind() + ", " + name + " is expected");
      return Optional.empty();
    }
    return Optional.of(type.cast(node));
  }

  private <T> Optional<T> parsed(YamlScalar scalar, String where, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(scalar.text()));
    } catch (IllegalArgumentException e) {
      errors.add(scalar.line(), where, Optional.ofNullable(e.getMessage()).orElse("is not valid"));
      return Optional.empty();
    }
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
