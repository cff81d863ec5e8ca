package io.github.maintainkubeusers.account;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a home is: an absolute path in canonical form, so that it names one place whatever stands
 * on the way. Not looked up on disk here: {@code home} walks it by descriptor.
 */
public record HomePath(String value) {
  /** Linux: PATH_MAX less the terminating NUL. */
  private static final int MAX_BYTES = 4095;

  /** Linux: NAME_MAX. */
  private static final int MAX_COMPONENT_BYTES = 255;

  public HomePath {
    requireNonNull(value, "value is null");
    if (!value.startsWith("/") || value.length() == 1) {
      throw invalid(value, "is not an absolute path below /");
    }
    if (value.endsWith("/")) {
      throw invalid(value, "ends with /");
    }
    boolean plain = isPlain(value);
    // Then neither it nor a name in it can be too long, in bytes either.
    boolean small = plain && value.length() <= MAX_COMPONENT_BYTES;
    if (!plain && value.codePoints().anyMatch(HomePath::isUnshowable)) {
      throw invalid(value, "has a control character in it");
    }
    if (!small && bytes(value) > MAX_BYTES) {
      throw invalid(value, "is longer than " + MAX_BYTES + " bytes");
    }
    if (!isCanonical(value)) {
      throw invalid(value, "is not canonical: it has an empty, '.' or '..' component");
    }
    if (!small
        && split(value).stream().anyMatch(component -> bytes(component) > MAX_COMPONENT_BYTES)) {
      throw invalid(value, "has a component longer than " + MAX_COMPONENT_BYTES + " bytes");
    }
  }

  /** The names on the way, from the root: at least one. */
  public List<String> components() {
    return split(value);
  }

  /**
   * True when this path lies below {@code root}, by whole components, and is not {@code root}
   * itself.
   */
  public boolean isBelow(HomePath root) {
    return value.startsWith(root.value + "/");
  }

  @Override
  public String toString() {
    return value;
  }

  private static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  private static boolean isCanonical(String path) {
    int from = 1;
    while (true) {
      int slash = path.indexOf('/', from);
      int length = (slash < 0 ? path.length() : slash) - from;
      if (length <= 2 && path.regionMatches(from, "..", 0, length)) {
        return false;
      }
      if (slash < 0) {
        return true;
      }
      from = slash + 1;
    }
  }

  /** Printable ASCII, as nearly all homes are: they are looked at in every pass. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /**
   * Also what turns the direction of text, and half a character, which has no bytes of its own on
   * disk.
   */
  private static boolean isUnshowable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static InvalidValueException invalid(String value, String fault) {
    return new InvalidValueException(
        "the home " + InvalidValueException.quoted(value) + " " + fault);
  }
}
