package io.github.maintainkubeusers.credential;

/** Whether a file holds the private key to a certificate. */
public enum KeyMatch {
  MATCHES,
  /** It holds the key to another. */
  OTHER,
  /** It holds a key under a password. */
  ENCRYPTED,
  /** It holds no private key. */
  NONE
}
