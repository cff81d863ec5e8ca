package io.github.maintainkubeusers.app;

import io.github.maintainkubeusers.cluster.Cluster;
import java.util.Optional;
import java.util.function.Supplier;

/** The records that a cluster holds of accounts, read when they are first asked for. */
final class LoadedCluster implements Supplier<Cluster>, AutoCloseable {
  private final Supplier<Cluster> loaded;
  private Optional<Cluster> opened = Optional.empty();

  LoadedCluster(Supplier<Cluster> source) {
    this.loaded =
        new Once<>(
            () -> {
              Cluster cluster = source.get();
              opened = Optional.of(cluster);
              cluster.loadRecords();
              return cluster;
            });
  }

  @Override
  public Cluster get() {
    return loaded.get();
  }

  @Override
  public void close() {
    opened.ifPresent(Cluster::close);
  }
}
