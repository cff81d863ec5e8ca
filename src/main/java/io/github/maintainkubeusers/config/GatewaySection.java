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
    Optional<InetAddress> address = section.value("address", Forms::address);
    Optional<Path> certificate = section.value("certificate", Forms::path);
    Optional<Path> key = section.value("key", Forms::path);
    Optional<InetSocketAddress> place = Forms.listen(address, port);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    section.require("certificate", "key");
    return certificate.isPresent() && key.isPresent()
        ? Optional.of(new GatewaySettings(place.get(), certificate.get(), key.get()))
        : Optional.empty();
  }
}
