package io.github.maintainkubeusers.home;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names for what is not in its place yet. Nobody can know the next one. */
final class TemporaryNames {
    static final String PREFIX = ".maintain-kubeusers-";
    private static final int RANDOM_BYTES = 16;

    private final SecureRandom random;

    TemporaryNames(SecureRandom random) {
        this.random = random;
    }

    String next() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return PREFIX + HexFormat.of().formatHex(bytes);
    }
}
