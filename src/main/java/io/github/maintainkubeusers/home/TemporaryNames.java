package io.github.maintainkubeusers.home;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names for what is not in its place yet. Nobody can know the next one, and which ones are in use
 * is known.
 */
final class TemporaryNames {
  static final String PREFIX = ".maintain-kubeusers-";
  private static final int RANDOM_BYTES = 16;

  private final SecureRandom random;
  private final Set<String> inUse = ConcurrentHashMap.newKeySet();

  TemporaryNames(SecureRandom random) {
    this.random = random;
  }

  String reserve() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String name = PREFIX + HexFormat.of().formatHex(bytes);
    inUse.add(name);
    return name;
  }

  void release(String name) {
    inUse.remove(name);
  }

  /** Does not wait for anybody. */
  boolean isInUse(String name) {
    return inUse.contains(name);
  }
}
