package io.github.maintainkubeusers.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.maintainkubeusers.yaml.ConfigReader;
import io.github.maintainkubeusers.yaml.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each number and each duration has a least and a greatest value. */
class BoundsTest {
  @ParameterizedTest
  @CsvSource({
    "accounts, uidFloor, 1, 2147483647, 0, 2147483648",
    "homes, maxKubeconfigBytes, 1024, 16777216, 1023, 16777217",
    "homes, workers, 1, 64, 0, 65",
    "homes, deadline, 1s, 1h, 0s, 3601s",
    "homes, checkInterval, 1s, 365d, 0s, 366d",
    "certificates, checkInterval, 1s, 1d, 0s, 25h",
    "cluster, unsignedRequests, 1, 1000, 0, 1001",
    "cluster, callTimeout, 1s, 1h, 0s, 3601s",
    "cluster, requestsPerSecond, 0, 100000, -1, 100001",
    "cluster, concurrency, 1, 1000, 0, 1001",
    "cluster, clockTolerance, 1s, 3650d, 0s, 3651d",
    "credentials, lifetime, 10m, 3650d, 599s, 3651d",
    "credentials, signingTimeout, 1s, 1h, 0s, 3601s",
    "credentials, gracePeriod, 0s, 1d, 86401s, 25h",
    "credentials, refreshBurst, 1, 1000, 0, 1001",
    "credentials, refreshInterval, 1s, 1d, 0s, 25h",
    "removal, retention, 1s, 3650d, 0s, 3651d",
    "removal, budgetAccounts, 0, 1000000, -1, 1000001",
    "removal, budgetPercent, 0, 100, -1, 101",
    "rollout, perMinute, 1, 100000, 0, 100001",
    "rollout, urgentPerMinute, 1, 100000, 0, 100001",
    "telemetry, port, 0, 65535, -1, 65536",
    "telemetry, probePort, 0, 65535, -1, 65536",
    "telemetry, stuckAfter, 1s, 1d, 0s, 25h",
    "directory, pageSize, 1, 100000, 0, 100001",
    "directory, connectTimeout, 1s, 1h, 0s, 3601s",
    "directory, responseTimeout, 1s, 1h, 0s, 3601s",
    "directory, readTimeout, 1s, 1h, 0s, 3601s",
  })
  void areKept(
      String section, String key, String least, String greatest, String below, String above) {
    read(section, key, least);
    read(section, key, greatest);
    for (String beyond : new String[] {below, above}) {
      assertThatExceptionOfType(ConfigurationException.class)
          .as(beyond)
          .isThrownBy(() -> read(section, key, beyond))
          .satisfies(
              e ->
                  assertThat(e.errors())
                      .singleElement()
                      .asString()
                      .startsWith("file:1: " + section + "." + key + ": ")
                      .contains(" is not between "));
    }
  }

  private static void read(String section, String key, String value) {
    ConfigReader config = reader("%s: {%s: %s}".formatted(section, key, value));
    Object _ =
        new ConfigFile(config, CommandLineArguments.NONE)
            .read(new LdapFile(reader("servers: [a]"), Path.of("ldap")));
    config.finish();
  }

  private static ConfigReader reader(String text) {
    return ConfigReader.of("file", text.getBytes(StandardCharsets.UTF_8));
  }
}
