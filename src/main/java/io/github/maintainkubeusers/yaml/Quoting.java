package io.github.maintainkubeusers.yaml;

/**
 * How a text was quoted, to be kept when it is replaced. Block scalars and plain ones are quoted as
 * needed.
 */
enum Quoting {
  AS_NEEDED,
  SINGLE,
  DOUBLE
}
