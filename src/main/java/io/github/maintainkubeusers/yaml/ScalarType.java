package io.github.maintainkubeusers.yaml;

/** What a scalar is, by the core schema of YAML 1.2. */
public enum ScalarType {
  TEXT("text"),
  NULL("null"),
  BOOLEAN("a boolean"),
  INTEGER("a number"),
  FLOAT("a number"),
  /**
   * Text in YAML 1.2, a boolean or number in YAML 1.1, which kubectl and most others still read.
   */
  DISPUTED("text without quotes that YAML 1.1 takes for a boolean or number");

  private final String label;

  ScalarType(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
