package io.github.maintainkubeusers.directory;

/** There are no accounts of the kind, and none are looked for. */
public record NoSearch(String project) implements AccountSearch {}
