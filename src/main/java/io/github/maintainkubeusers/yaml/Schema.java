package io.github.maintainkubeusers.yaml;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** The core schema of YAML 1.2, and where YAML 1.1 differs from it. */
final class Schema {
  private static final ScalarResolver CORE = new CoreSchema().getScalarResolver();
  private static final Map<Tag, ScalarType> TYPES =
      Map.of(
          Tag.STR,
          ScalarType.TEXT,
          Tag.NULL,
          ScalarType.NULL,
          Tag.BOOL,
          ScalarType.BOOLEAN,
          Tag.INT,
          ScalarType.INTEGER,
          Tag.FLOAT,
          ScalarType.FLOAT);
  private static final Set<String> WORDS =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "<<", "=");

  /** Also with {@code _} between the digits, and base 60. */
  private static final Pattern NUMBER =
      Pattern.compile(
          "[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+"
              + "|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?|[0-9]+(:[0-5]?[0-9])+(\\.[0-9]*)?"
              + "|\\.(inf|Inf|INF))|\\.(nan|NaN|NAN)");

  private Schema() {}

  /** Empty when the tag is not one of this schema. */
  static Optional<ScalarType> type(Optional<String> tag, boolean plain, String text) {
    if (tag.isEmpty()) {
      return Optional.of(plain ? plain(text) : ScalarType.TEXT);
    }
    return tag.get().equals("!")
        ? Optional.of(ScalarType.TEXT)
        : Optional.ofNullable(TYPES.get(new Tag(tag.get())));
  }

  static boolean isMapping(Optional<String> tag) {
    return tag.isEmpty() || tag.get().equals(Tag.MAP.getValue());
  }

  static boolean isSequence(Optional<String> tag) {
    return tag.isEmpty() || tag.get().equals(Tag.SEQ.getValue());
  }

  private static ScalarType plain(String text) {
    var type = TYPES.getOrDefault(CORE.resolve(text, true), ScalarType.TEXT);
    return type == ScalarType.TEXT && isDisputed(text) ? ScalarType.DISPUTED : type;
  }

  private static boolean isDisputed(String text) {
    return WORDS.contains(text.toLowerCase(Locale.ROOT))
        || NUMBER.matcher(text.replace("_", "")).matches();
  }
}
