package io.github.maintainkubeusers.yaml;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One document, read from a text. Its tree can be edited; {@link #emit} then changes the text where
 * the tree differs and nowhere else, so that comments, order, styles, anchors and line breaks of
 * all else stay.
 */
public final class YamlDocument {
  private final byte[] bytes;
  private final Source source;

  /** What follows the document, and stays as it is. */
  private final String rest;

  private final YamlLimits limits;
  private final Optional<YamlNode> root;

  private YamlDocument(byte[] bytes, Source whole, int end, YamlLimits limits) {
    this.bytes = bytes;
    this.limits = limits;
    this.source = new Source(whole.text().substring(0, end), whole.byteOrderMark());
    this.rest = whole.text().substring(end);
    this.root = Composer.compose(source, limits);
  }

  /**
   * @throws YamlException when the bytes are not one document of UTF-8 YAML within the limits
   */
  public static YamlDocument parse(byte[] bytes, YamlLimits limits) {
    Source whole = Source.decode(bytes, limits);
    return new YamlDocument(bytes, whole, whole.text().length(), limits);
  }

  /**
   * The same for the first of several documents. The others need not be YAML, and stay as they are.
   *
   * @throws YamlException also when the first is empty
   */
  public static YamlDocument parseFirst(byte[] bytes, YamlLimits limits) {
    Source whole = Source.decode(bytes, limits);
    return new YamlDocument(bytes, whole, Composer.endOfFirst(whole), limits);
  }

  /** The bytes of a new document. */
  public static byte[] write(YamlNode root) {
    return new Renderer("\n").document(root).getBytes(StandardCharsets.UTF_8);
  }

  /** The same as JSON. */
  public static byte[] writeJson(YamlNode root) {
    return (new JsonRenderer().at(root, 0) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Empty when there is nothing but white space, comments and document markers. */
  public Optional<YamlNode> root() {
    return root;
  }

  /**
   * A node that can be edited without the edit showing elsewhere: where aliases share it with other
   * places, those become copies.
   *
   * @param place gets the node from the tree; called again after the sharing has ended
   */
  public <T extends YamlNode> T unshared(Supplier<T> place) {
    var node = place.get();
    root.ifPresent(tree -> Aliases.expandAround(node, tree));
    return place.get();
  }

  /**
   * The text with the changes made to the tree.
   *
   * @return the array that was parsed when nothing has changed in meaning
   */
  public byte[] emit() {
    root.ifPresent(Aliases::expandDangling);
    return root.map(this::changed).orElse(bytes);
  }

  private byte[] changed(YamlNode tree) {
    var edits = Splicer.edits(source, tree);
    if (edits.isEmpty() || means(source, tree)) {
      return bytes;
    }
    var spliced = new Source(Edit.apply(edits, source.text()), source.byteOrderMark());
    Source changed = means(spliced, tree) ? spliced : rendered(tree);
    return within(limits, new Source(changed.text() + rest, changed.byteOrderMark()));
  }

  /**
   * The last resort, for a layout that the splicer does not know: the same meaning without the
   * comments.
   */
  private Source rendered(YamlNode tree) {
    var rendered =
        new Source(new Renderer(source.newline()).document(tree), source.byteOrderMark());
    if (!means(rendered, tree)) {
      throw tree.fault("the file cannot be changed without changing what it means");
    }
    return rendered;
  }

  private static byte[] within(YamlLimits limits, Source text) {
    var encoded = text.encode();
    if (encoded.length > limits.maxBytes()) {
      throw new YamlException(
          "with the changes the file is larger than " + limits.maxBytes() + " bytes", 1, 1);
    }
    return encoded;
  }

  private boolean means(Source text, YamlNode tree) {
    try {
      return Composer.compose(text, limits)
          .filter(read -> SemanticEquality.same(read, tree))
          .isPresent();
    } catch (YamlException unreadable) {
      return false;
    }
  }
}
