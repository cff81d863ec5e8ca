package io.github.maintainkubeusers.yaml;

/**
 * What a text may cost.
 *
 * @param maxBytes its size
 * @param maxDepth how deep collections may stand in one another
 * @param maxAliases how many aliases there may be
 * @param maxNodes how many nodes there may be, with those that aliases stand for (the "billion
 *     laughs")
 */
public record YamlLimits(int maxBytes, int maxDepth, int maxAliases, int maxNodes) {
  private static final int DEPTH = 50;
  private static final int ALIASES = 50;

  /** A few MiB of memory. */
  private static final int NODES = 20_000;

  private static final int NODES_OF_AN_OPERATOR = 1_000_000;

  /** For a text from a stranger. */
  public static YamlLimits ofBytes(int maxBytes) {
    return new YamlLimits(maxBytes, DEPTH, ALIASES, NODES);
  }

  /** For a text from whoever runs the program. */
  static YamlLimits ofOperator(int maxBytes) {
    return new YamlLimits(maxBytes, DEPTH, ALIASES, NODES_OF_AN_OPERATOR);
  }
}
