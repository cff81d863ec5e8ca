package io.github.maintainkubeusers.cluster;

/** Where an object is; the namespace is empty for one that stands in none. */
record ObjectKey(String namespace, String name) {}
