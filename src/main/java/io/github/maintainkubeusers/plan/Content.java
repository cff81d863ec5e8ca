package io.github.maintainkubeusers.plan;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The content of objects, as the maps, lists, texts, numbers and booleans of a manifest, brought
 * into one form: what means the same to Kubernetes is the same, however it is written, and with the
 * defaults that the API server fills in.
 */
public final class Content {
  /** Here nothing means everything; elsewhere an empty mapping means the same as none. */
  private static final List<String> SELECTORS = List.of("podSelector", "namespaceSelector");

  private static final int DIGITS = 16;

  private Content() {}

  /**
   * The same for what means the same: 16 hexadecimal digits.
   *
   * @param content of a manifest; what stands beside its spec or roleRef is passed over
   * @throws InvalidContentException naming what is not an amount
   */
  public static String fingerprint(ObjectKind kind, Map<String, ?> content) {
    return fingerprint(text(normal(kind, content)));
  }

  /** Of any text. */
  public static String fingerprint(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Object normal(ObjectKind kind, Map<String, ?> content) {
    return switch (kind) {
      case RESOURCE_QUOTA -> at(content.get("spec"), List.of("spec", "hard"), ContentTree::amounts);
      case LIMIT_RANGE ->
          at(
              content.get("spec"),
              List.of("spec", "limits"),
              (limits, path) -> ContentTree.each(limits, path, LimitItem::normal));
      case NETWORK_POLICY -> NetworkRules.normal(ContentTree.map(content.get("spec")));
      case ROLE_BINDING, CLUSTER_ROLE_BINDING ->
          ContentTree.withDefault(
              ContentTree.map(content.get("roleRef")), "apiGroup", "rbac.authorization.k8s.io");
    };
  }

  /** A copy of a mapping in which the value at the last key of a path is changed. */
  private static Object at(
      Object mapping, List<String> path, BiFunction<Object, List<String>, Object> change) {
    var copy = new TreeMap<String, Object>(ContentTree.map(mapping));
    copy.computeIfPresent(path.getLast(), (_, value) -> change.apply(value, path));
    return copy;
  }

  /** Without ambiguity: texts with their lengths, keys in order. */
  private static String text(Object value) {
    return switch (value) {
      case null -> "-";
      case Map<?, ?> mapping -> text(mapping);
      case List<?> list -> list.stream().map(Content::text).toList().toString();
      case Number number -> new BigDecimal(number.toString()).stripTrailingZeros().toPlainString();
      case Boolean bool -> bool.toString();
      default -> value.toString().length() + ":" + value;
    };
  }

  private static String text(Map<?, ?> mapping) {
    var out = new StringBuilder("{");
    ContentTree.map(mapping)
        .forEach(
            (key, value) -> {
              if (!isNothing(key, value)) {
                out.append(key.length())
                    .append(':')
                    .append(key)
                    .append('=')
                    .append(text(value))
                    .append(';');
              }
            });
    return out.append('}').toString();
  }

  private static boolean isNothing(String key, Object value) {
    return switch (value) {
      case Collection<?> list -> list.isEmpty();
      case Map<?, ?> mapping -> mapping.isEmpty() && !SELECTORS.contains(key);
      default -> false;
    };
  }
}
