package io.github.maintainkubeusers.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {
  private enum Disable {
    QUARANTINE,
    DELETE_NAMESPACE
  }

  @Test
  void givesDefaultsForAnEmptyFile() {
    var reader = reader("# nothing\n");

    assertThat(reader.string("server", "ldap://localhost")).isEqualTo("ldap://localhost");
    assertThat(reader.integer("pageSize", 500, 1, 10_000)).isEqualTo(500);
    assertThat(reader.mapping("ldap").bool("startTls", true)).isTrue();
    assertThat(reader.stringList("reserved", List.of("system"))).containsExactly("system");
    assertThat(reader.mappings("tiers")).isEmpty();
    assertThat(reader.mappingsByName("overrides")).isEmpty();
    reader.finish();
  }

  @Test
  void readsEachKindOfValue() {
    var reader =
        reader(
            """
            server: ldaps://ldap.example   # theirs
            version: 1.20
            interval: 1h30m
            disable: delete-namespace
            ldap: {pageSize: 100, startTls: false}
            reserved: [system, "kube"]
            password: 'secret'
            overrides:
              fourohfour: {pods: 20}
            tiers:
            - name: big
            nothing: null
            """);

    assertThat(reader.string("server")).contains("ldaps://ldap.example");
    assertThat(reader.string("version")).contains("1.20");
    assertThat(reader.duration("interval", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)))
        .isEqualTo(Duration.ofMinutes(90));
    assertThat(reader.choice("disable", Disable.QUARANTINE)).isEqualTo(Disable.DELETE_NAMESPACE);
    assertThat(reader.mapping("ldap").integer("pageSize", 500, 1, 10_000)).isEqualTo(100);
    assertThat(reader.list("reserved", String::length)).contains(List.of(6, 4));
    assertThat(reader.secret("password")).contains("secret");
    assertThat(reader.mappingsByName("overrides").get("fourohfour").integer("pods", 1, 1, 100))
        .isEqualTo(20);
    assertThat(reader.mappings("tiers").getFirst().string("name")).contains("big");
    assertThat(reader.string("nothing", "default")).isEqualTo("default");
  }

  @Test
  void reportsEverythingAtOnceByLine() {
    assertThat(
            errors(
                """
                interval: 60
                ldap:
                  pageSize: 0
                  pagesize: 3
                  servers: ldap://one
                disable: delete_namespace
                workers: 08
                tls: yes
                reserved: [a, [b]]
                tiers:
                - nmae: big
                """,
                reader -> {
                  reader.duration(
                      "interval", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofDays(1));
                  var ldap = reader.mapping("ldap");
                  ldap.integer("pageSize", 500, 1, 10_000);
                  ldap.stringList("servers", List.of());
                  ldap.require("user");
                  reader.choice("disable", Disable.QUARANTINE);
                  reader.integer("workers", 8, 1, 64);
                  reader.bool("tls", true);
                  reader.stringList("reserved", List.of());
                  reader.mappings("tiers").forEach(tier -> tier.string("name"));
                }))
        .containsExactly(
            "config.yaml:1: interval: \"60\" is not a duration like 500ms, 60s, 5m, 1h30m or 40d",
            "config.yaml:3: ldap.pageSize: 0 is not between 1 and 10000",
            "config.yaml:3: ldap.user: is missing",
            "config.yaml:4: ldap.pagesize: unknown key, did you mean \"pageSize\"?",
            "config.yaml:5: ldap.servers: is text, a list is expected",
            "config.yaml:6: disable: \"delete_namespace\" is not one of quarantine,"
                + " delete-namespace, did you mean \"delete-namespace\"?",
            "config.yaml:7: workers: \"08\" is not a whole number between 1 and 64",
            "config.yaml:8: tls: \"yes\" is not true or false",
            "config.yaml:9: reserved[1]: is a list, a single value is expected",
            "config.yaml:11: tiers[0].nmae: unknown key, did you mean \"name\"?");
  }

  @Test
  void reportsBoundsOfDurations() {
    assertThat(
            errors(
                "grace: 41d",
                reader ->
                    reader.duration("grace", Duration.ZERO, Duration.ZERO, Duration.ofDays(40))))
        .containsExactly("config.yaml:1: grace: 41d is not between 0s and 40d");
  }

  @Test
  void readsAMappingByItsEarlierNameAndWarns() {
    var reader = reader("# ours\ndeparture: {days: 7}");
    assertThat(reader.mapping("removal", "departure").integer("days", 40, 1, 99)).isEqualTo(7);
    reader.finish();
    assertThat(reader.warnings())
        .containsExactly(
            "config.yaml:2: departure: is called removal now; the earlier name is still read");

    var present = reader("removal: {days: 8}");
    assertThat(present.mapping("removal", "departure").integer("days", 40, 1, 99)).isEqualTo(8);
    present.finish();
    assertThat(present.warnings()).isEmpty();

    assertThat(
            errors(
                "removal: {days: 8}\ndeparture: {days: 7}",
                both -> both.mapping("removal", "departure").integer("days", 40, 1, 99)))
        .containsExactly("config.yaml:2: departure: is the earlier name of removal: leave it out");
  }

  @Test
  void takesTheMessageOfAParser() {
    assertThat(
            errors(
                "uid: x",
                reader ->
                    reader.value(
                        "uid",
                        text -> {
                          throw new IllegalArgumentException("the user id is not a number");
                        })))
        .containsExactly("config.yaml:1: uid: the user id is not a number");
  }

  @Test
  void reportsFaultsFoundByTheCaller() {
    assertThat(
            errors(
                "min: 2\nmax: 1",
                reader -> {
                  reader.integer("min", 0, 0, 9);
                  reader.integer("max", 0, 0, 9);
                  reader.error("max", "is less than min");
                }))
        .containsExactly("config.yaml:2: max: is less than min");
  }

  @Test
  void neverShowsASecret() {
    assertThat(errors("password: {a: hunter2}\n", reader -> reader.secret("password")))
        .containsExactly("config.yaml:1: password: is a mapping, a single value is expected");
    assertThat(errors("password: \"hunter2\n", reader -> reader.secret("password")).toString())
        .doesNotContain("hunter2");
    assertThat(errors("password: !hunter2!x y\n", reader -> reader.secret("password")).toString())
        .doesNotContain("hunter2");
  }

  @Test
  void saysWhereAFileIsNotYaml() {
    assertThat(errors("a: 1\nb: [\n", reader -> reader.string("a")))
        .containsExactly("config.yaml:3: column 1: expected the node content");
    assertThat(errors("- a", reader -> reader.string("a")))
        .containsExactly("config.yaml:1: the file is a list, a mapping is expected");
    assertThat(errors("a: 1\na: 2", reader -> reader.string("a")))
        .containsExactly(
            "config.yaml:2: column 1: duplicate key \"a\", the first is at line 1, column 1");
  }

  private static ConfigReader reader(String text) {
    return ConfigReader.of("config.yaml", text.getBytes(UTF_8));
  }

  private static List<String> errors(String text, Consumer<ConfigReader> reading) {
    return catchThrowableOfType(
            ConfigurationException.class,
            () -> {
              var reader = reader(text);
              reading.accept(reader);
              reader.finish();
            })
        .errors();
  }
}
