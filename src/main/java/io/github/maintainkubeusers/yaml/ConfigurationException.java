package io.github.maintainkubeusers.yaml;

import java.util.List;

/** A configuration file that cannot be used: all that is wrong with it, one fault a line. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final List<String> errors;

  /**
   * @param errors in the form {@code config.yaml:12: ldap.pageSize: 0 is not between 1 and 10000}
   */
  public ConfigurationException(List<String> errors) {
    super(String.join("\n", errors));
    this.errors = List.copyOf(errors);
  }

  public List<String> errors() {
    return errors;
  }
}
