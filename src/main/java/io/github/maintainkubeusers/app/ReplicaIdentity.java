package io.github.maintainkubeusers.app;

import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * By what the others know this process: the name of its pod or host, and something that no restart
 * shares.
 */
final class ReplicaIdentity {
  private ReplicaIdentity() {}

  static String ofProcess(RandomGenerator random) {
    String place =
        Optional.ofNullable(System.getenv("POD_NAME"))
            .orElseGet(
                () ->
                    System.getenv()
                        .getOrDefault("HOSTNAME", "process-" + ProcessHandle.current().pid()));
    return place + "_" + HexFormat.of().toHexDigits(random.nextLong());
  }
}
