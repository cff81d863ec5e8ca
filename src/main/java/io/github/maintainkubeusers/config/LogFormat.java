package io.github.maintainkubeusers.config;

/**
 * What the lines of the log look like: text for people, or an object each, with pass and account as
 * values in it.
 */
public enum LogFormat {
  TEXT,
  JSON
}
