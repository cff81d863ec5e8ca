package io.github.maintainkubeusers.certificates;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a certificate should be.
 *
 * @param host that clients call the server by
 * @param key a file that should hold its private key
 * @param renewal what to do when it ends
 */
public record Expectation(
    Purpose purpose, Trust trust, Optional<String> host, Optional<byte[]> key, String renewal) {
  public Expectation {
    requireNonNull(purpose, "purpose is null");
    requireNonNull(trust, "trust is null");
    requireNonNull(host, "host is null");
    requireNonNull(key, "key is null");
    requireNonNull(renewal, "renewal is null");
  }

  public static Expectation of(Purpose purpose, Trust trust, String renewal) {
    return new Expectation(purpose, trust, Optional.empty(), Optional.empty(), renewal);
  }

  public Expectation of(String server) {
    return new Expectation(purpose, trust, Optional.of(server), key, renewal);
  }

  public Expectation withKey(byte[] keyPem) {
    return new Expectation(purpose, trust, host, Optional.of(keyPem), renewal);
  }
}
