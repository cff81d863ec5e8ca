package io.github.maintainkubeusers.gateway;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/**
 * Where gateways may ask.
 *
 * @param certificate that is shown to them, as PEM, with what leads to its CA
 * @param key to it, as PEM
 */
public record GatewaySettings(InetSocketAddress address, Path certificate, Path key) {
  public GatewaySettings {
    requireNonNull(address, "address is null");
    requireNonNull(certificate, "certificate is null");
    requireNonNull(key, "key is null");
  }
}
