package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.kube.ClusterException;

/** Where events for people are written. */
@FunctionalInterface
public interface EventWriter {
  /**
   * @throws ClusterException when it could not be written
   */
  void write(ClusterEvent event);
}
