package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.yaml.ConfigReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The section {@code objects}: where templates and overrides are. */
final class ObjectsSection {
  private static final Path DEFAULT_TEMPLATES = Path.of("/etc/maintain-kubeusers/templates");
  private static final Path DEFAULT_OVERRIDES = Path.of("/etc/maintain-kubeusers/overrides.yaml");

  private final ConfigReader section;

  ObjectsSection(ConfigReader section) {
    this.section = section;
  }

  /** The default folder need not be there; one that is named must be. */
  Optional<Path> templates() {
    return section
        .value("templates", Forms::path)
        .or(() -> Optional.of(DEFAULT_TEMPLATES).filter(Files::isDirectory));
  }

  Path overrides() {
    return section.value("overrides", Forms::path).orElse(DEFAULT_OVERRIDES);
  }
}
