package io.github.maintainkubeusers.kube;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.VersionApi;
import java.time.Duration;
import java.util.Optional;

/**
 * How the API server is, by what came over the connection; asked for the time when there is doubt
 * about the clock.
 */
public record ConnectionHealth(ClusterConnection connection) implements ApiServerHealth {
  @Override
  public Optional<String> degradedReason() {
    return connection.condition().degradedReason();
  }

  @Override
  public Duration clockSkew(Duration doubtful) {
    if (connection.condition().clockSkew().abs().compareTo(doubtful) > 0) {
      askForTheTime();
    }
    return connection.condition().clockSkew();
  }

  private void askForTheTime() {
    try {
      Object _ = new VersionApi(connection.calls()).getCode().execute();
    } catch (ApiException e) {
      throw Failures.of("ask the API server for the time", e);
    }
  }
}
