package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.gateway.GatewaySettings;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** The section {@code gateway} of the configuration file. */
final class GatewaySection {
  private GatewaySection() {}

  /** Empty when gateways cannot ask, as by default. */
  static Optional<GatewaySettings> read(ConfigReader section) {
    int port = section.integer("port", 0, 0, 65_535);
    Optional<InetAddress> address = section.value("address", TelemetrySection::address);
    Optional<Path> certificate = section.value("certificate", Forms::path);
    Optional<Path> key = section.value("key", Forms::path);
    if (port == 0) {
      return Optional.empty();
    }
    section.require("certificate", "key");
    return certificate.isPresent() && key.isPresent()
        ? Optional.of(
            new GatewaySettings(
                address
                    .map(given -> new InetSocketAddress(given, port))
                    .orElseGet(() -> new InetSocketAddress(port)),
                certificate.get(),
                key.get()))
        : Optional.empty();
  }
}
