package io.github.maintainkubeusers.cluster;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.VersionApi;
import java.time.Duration;
import java.util.Optional;

/**
 * How the API server is, by what came over the connection; asked for the time when there is doubt
 * about the clock.
 */
record ConnectionHealth(ClusterConnection connection) implements ApiServerHealth {
  @Override
  public Optional<String> degraded() {
    return connection.condition().complaint();
  }

  @Override
  public Duration clockLead(Duration doubtful) {
    if (connection.condition().lead().abs().compareTo(doubtful) > 0) {
      askForTheTime();
    }
    return connection.condition().lead();
  }

  private void askForTheTime() {
    try {
      Object _ = new VersionApi(connection.calls()).getCode().execute();
    } catch (ApiException e) {
      throw Failures.of("ask the API server for the time", e);
    }
  }
}
