package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

/**
 * Where a server of the cluster is.
 *
 * @param name that people know it by
 * @param host name or address
 */
public record ServerAddress(String name, String host, int port) {
  public ServerAddress {
    requireNonNull(name, "name is null");
    requireNonNull(host, "host is null");
  }

  /** Known by its address. */
  static ServerAddress of(String address, int port) {
    return new ServerAddress(
        (address.contains(":") ? "[" + address + "]" : address) + ":" + port, address, port);
  }
}
