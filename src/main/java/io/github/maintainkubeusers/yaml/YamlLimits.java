package io.github.maintainkubeusers.yaml;

/**
 * What a text may cost.
 *
 * @param maxBytes its size
 * @param maxDepth how deep collections may stand in one another
 * @param maxAliases how many aliases there may be
 * @param maxAliasedNodes how many nodes all aliases together may stand for (the "billion laughs")
 */
public record YamlLimits(int maxBytes, int maxDepth, int maxAliases, int maxAliasedNodes) {
    private static final int DEPTH = 50;
    private static final int ALIASES = 50;
    private static final int ALIASED_NODES = 10_000;

    public static YamlLimits ofBytes(int maxBytes) {
        return new YamlLimits(maxBytes, DEPTH, ALIASES, ALIASED_NODES);
    }
}
