package io.github.maintainkubeusers.kube;

import java.util.Optional;

/**
 * Which objects of a kind.
 *
 * @param namespace empty for all
 * @param fields field selector; empty for none
 * @param labels label selector; empty for none
 */
public record Selection(String namespace, String fields, String labels) {
  private static final String NAME = "metadata.name=";
  public static final Selection ALL = new Selection("", "", "");

  public static Selection named(String namespace, String name) {
    return new Selection(namespace, NAME + name, "");
  }

  /** The one object's name, where only one is selected. */
  Optional<String> objectName() {
    return fields.startsWith(NAME)
        ? Optional.of(fields.substring(NAME.length()))
        : Optional.empty();
  }
}
