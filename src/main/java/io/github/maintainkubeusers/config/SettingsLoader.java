package io.github.maintainkubeusers.config;

import io.github.maintainkubeusers.yaml.ConfigReader;
import io.github.maintainkubeusers.yaml.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the two configuration files, and puts the options of the command line above them. */
public final class SettingsLoader {
  private final CommandLineArguments arguments;
  private List<String> warnings = List.of();

  public SettingsLoader(CommandLineArguments arguments) {
    this.arguments = arguments;
  }

  /**
   * @throws ConfigurationException with everything that is wrong in both files
   */
  public Settings load() {
    ConfigReader config = config();
    var sections = new ConfigFile(config, arguments);
    Path connectionFile = sections.ldapFile();
    Path ldapFile = arguments.ldapConfig().orElse(connectionFile);
    ConfigReader ldap = connection(ldapFile, config, sections);
    Settings settings = sections.read(new LdapFile(ldap, ldapFile));
    finish(config, ldap);
    warnings = config.warnings();
    return settings;
  }

  /** What the files that were loaded say in a way that later versions may refuse. */
  public List<String> warnings() {
    return warnings;
  }

  /** One that cannot be read does not keep back what is wrong with the other. */
  private static ConfigReader connection(Path file, ConfigReader config, ConfigFile sections) {
    try {
      return ConfigReader.of(file.toString(), read(file));
    } catch (ConfigurationException unreadable) {
      var nothing = ConfigReader.of(file.toString(), new byte[0]);
      Object _ = sections.read(new LdapFile(nothing, file));
      var errors = new ArrayList<String>();
      try {
        config.finish();
      } catch (ConfigurationException e) {
        errors.addAll(e.errors());
      }
      errors.addAll(unreadable.errors());
      var all = new ConfigurationException(errors);
      all.initCause(unreadable);
      throw all;
    }
  }

  private ConfigReader config() {
    if (arguments.config().isEmpty() && !Files.exists(ConfigFile.DEFAULT)) {
      return ConfigReader.of(ConfigFile.DEFAULT.toString(), new byte[0]);
    }
    Path file = arguments.config().orElse(ConfigFile.DEFAULT);
    return ConfigReader.of(file.toString(), read(file));
  }

  private static void finish(ConfigReader... readers) {
    List<String> errors = new ArrayList<>();
    for (ConfigReader reader : readers) {
      try {
        reader.finish();
      } catch (ConfigurationException e) {
        errors.addAll(e.errors());
      }
    }
    if (!errors.isEmpty()) {
      throw new ConfigurationException(errors);
    }
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file", e);
    } catch (IOException e) {
      throw unreadable(file, e.toString(), e);
    }
  }

  private static ConfigurationException unreadable(Path file, String reason, IOException cause) {
    var exception = new ConfigurationException(List.of(file + ": could not be read: " + reason));
    exception.initCause(cause);
    return exception;
  }
}
