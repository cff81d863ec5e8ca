package io.github.maintainkubeusers.kube;

/** Where an object is; the namespace is empty for one that stands in none. */
public record ObjectKey(String namespace, String name) {}
