package io.github.maintainkubeusers.directory;

/**
 * How the conversation with a server is protected. With TLS the server's certificate and host name
 * are checked.
 */
public enum TransportSecurity {
  NONE,
  STARTTLS,
  LDAPS
}
