package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.maintainkubeusers.testing.CapturedLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program says to command lines and files that are not as they should be. */
class ConfigurationTest {
  @TempDir Path folder;

  private Path config;
  private Path ldap;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void files() throws IOException {
    config = Files.writeString(folder.resolve("config.yaml"), "");
    ldap =
        Files.writeString(
            folder.resolve("ldap.yaml"),
            """
            servers: [ldaps://ldap.example]
            user: cn=reader,dc=example
            password: hunter2
            """);
  }

  @Test
  void namesAnUnknownKeyAndTheNearestOne() throws IOException {
    Files.writeString(
        config,
        """
        directory:
          pagesize: 100
        acounts: {}
        """);

    assertErrors(
        config + ":2: directory.pagesize: unknown key, did you mean \"pageSize\"?",
        config + ":3: acounts: unknown key, did you mean \"accounts\"?");
  }

  @Test
  void tellsAllErrorsOfBothFilesAtOnceByLine() throws IOException {
    Files.writeString(
        config,
        """
        interval: 60
        accounts: [a]
        homes:
          workers: many
          sync: maybe
        cluster:
          concurrency: 0
          server: http://api.example
        credentials:
          keyAlgorithm: rsa-1024
          gracePeriod: 25h
          lifetime: 1m
        """);
    Files.writeString(
        ldap,
        """
        server: ldap://ldap.example
        user: nobody
        password: hunter2
        """);

    assertErrors(
        config + ":1: interval: \"60\" is not a duration like 500ms, 60s, 5m, 1h30m or 40d",
        config + ":2: accounts: is a list, a mapping is expected",
        config + ":4: homes.workers: \"many\" is not a whole number between 1 and 64",
        config + ":5: homes.sync: \"maybe\" is not true or false",
        config + ":7: cluster.concurrency: 0 is not between 1 and 1000",
        config + ":8: cluster.server: \"http://api.example\" is not a URL like https://HOST:PORT",
        config
            + ":10: credentials.keyAlgorithm: \"rsa-1024\" is not one of ecdsa-p256, rsa-2048,"
            + " rsa-3072, rsa-4096, did you mean \"rsa-2048\"?",
        config + ":11: credentials.gracePeriod: 25h is not between 0s and 1d",
        config + ":12: credentials.lifetime: 1m is not between 10m and 3650d",
        ldap + ":1: servers: is missing",
        ldap + ":1: server: unknown key, did you mean \"servers\"?",
        ldap + ":2: user: the bind DN \"nobody\" is not a distinguished name");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          accounts: {project: ''} | accounts.project: the project's name is empty
          accounts: {uidFloor: 0} | accounts.uidFloor: 0 is not between 1 and 2147483647
          accounts: {toolRoots: [data]} | accounts.toolRoots[0]: the home "data" is not an absolute path below /
          accounts: {adminRoots: /home} | accounts.adminRoots: is text, a list is expected
          directory: {startTls: 1} | directory.startTls: "1" is not true or false
          directory: {pageSize: 0} | directory.pageSize: 0 is not between 1 and 100000
          directory: {readTimeout: 0s} | directory.readTimeout: 0s is not between 1s and 1h
          directory: {connectionFile: "\\0"} | directory.connectionFile: "\\u{0}" is not the path of a file
          directory: {trustedCa: "a\\0"} | directory.trustedCa: "a\\u{0}" is not the path of a file
          directory: {trustedCa: ''} | directory.trustedCa: "" is not the path of a file
          directory: {tools: {base: people}} | directory.tools.base: the base of the tools "people" is not a distinguished name
          directory: {tools: {filter: '(cn='}} | directory.tools.filter: the LDAP filter "(cn=" cannot be parsed
          directory: {tools: {attributes: {uid: 'uid number'}}} | directory.tools.attributes.uid: "uid number" is not an attribute's name
          directory: {tools: {attributes: {locks: [a, 'b c']}}} | directory.tools.attributes.locks[1]: "b c" is not an attribute's name
          directory: {admins: {groupBase: groups}} | directory.admins.groupBase: the base of the admin group "groups" is not a distinguished name
          directory: {admins: {groupFilter: x}} | directory.admins.groupFilter: the LDAP filter "x" cannot be parsed
          directory: {admins: {memberAttribute: ''}} | directory.admins.memberAttribute: "" is not an attribute's name
          directory: {admins: {peopleBase: '#'}} | directory.admins.peopleBase: the base of the people "#" is not a distinguished name
          directory: {admins: {attributes: {home: '-'}}} | directory.admins.attributes.home: "-" is not an attribute's name
          directory: {tools: {attributes: {gid: '=gid'}}} | directory.tools.attributes.gid: "=gid" is not an attribute's name
          directory: {layout: openldap} | directory.layout: "openldap" is not one of toolforge, rfc2307, rfc2307bis, freeipa, ad
          directory: {layout: ad, tools: {filter: '(a=b)'}, admins: none} | directory.base: is missing
          directory: {base: x, admins: none} | directory.base: the base "x" is not a distinguished name
          directory: {layout: ad, base: 'dc=x', admins: none} | directory.tools: needs a filter or a group, because else every person would be a tool
          directory: {layout: ad, base: 'dc=x', tools: {filter: '(a=b)'}} | directory.admins: needs a filter or a group, because else every person would be an admin; without admins say 'admins: none'
          directory: {layout: ad, base: 'dc=x', tools: {group: x}, admins: none} | directory.tools.group: the group "x" is not a distinguished name
          directory: {layout: ad, base: 'dc=x', tools: {group: 'cn=x', membership: memberof}, admins: none} | directory.tools.membership: "memberof" is not one of members, names, memberOf, memberOf-chain
          directory: {layout: ad, base: 'dc=x', tools: {filter: x}, admins: none} | directory.tools.filter: the LDAP filter "x" cannot be parsed
          directory: {layout: ad, base: 'dc=x', people: x, tools: {filter: '(a=b)'}, admins: none} | directory.people: the LDAP filter "x" cannot be parsed
          directory: {layout: ad, base: 'dc=x', tools: {filter: '(a=b)'}, admins: {group: 'cn=x', peopleBase: 'dc=x'}} | directory.admins.peopleBase: is not a key of layout ad
          directory: {admins: {group: 'cn=x'}} | directory.admins.group: is not a key of layout toolforge
          directory: {tools: {group: 'cn=x'}} | directory.tools.group: is not a key of layout toolforge
          directory: {admins: nobody} | directory.admins: is text, a mapping is expected
          certificates: {checkInterval: never} | certificates.checkInterval: "never" is not a duration like 500ms, 60s, 5m, 1h30m or 40d
          gateway: {port: 9002, key: k} | gateway.certificate: is missing
          gateway: {port: 70000} | gateway.port: 70000 is not between 0 and 65535
          services: {name: x} | services: is a mapping, a list is expected
          services: [{name: x}] | services[0].secret: is missing
          services: [{name: 'system:x', secret: a/b}] | services[0].name: the name "system:x" is not an RFC 1123 label (lower-case letters, digits and '-', not first or last)
          services: [{name: x, secret: b}] | services[0].secret: "b" is not a Secret like NAMESPACE/NAME
          services: [{name: x, secret: a/b, groups: ['system:masters']}] | services[0].groups[0]: "system:masters" is not a group for services: none begins with system:, tool:, admin:, service:
          services: [{name: x, secret: a/b, groups: [toolforge]}] | services[0].groups[0]: "toolforge" is the group of all tools or of all admins
          services: [{name: x, secret: a/b, lifetime: 1m}] | services[0].lifetime: 1m is not between 10m and 3650d
          services: [{name: x, secret: a/b, lifetime: 9d, overlap: 4d}] | services[0].overlap: is longer than a third of lifetime, when the next credentials come
          services: [{name: x, secret: a/b, format: p12}] | services[0].format: "p12" is not one of pem, tls, kubeconfig
          services: [{name: x, secret: a/b, roles: ['a/b']}] | services[0].roles[0]: "a/b" is not the name of a ClusterRole
          services: [{name: x, secret: a/b, labels: {a: '-'}}] | services[0].labels.a: "-" is not the value of a label
          services: [{name: x, secret: a/b, labels: {'a b': c}}] | services[0].labels: "a b" is not the name of a label
          services: [{name: x, secret: a/b}, {name: x, secret: a/c}] | services[1].name: is the name of an earlier service too
          services: [{name: x, secret: a/b}, {name: y, secret: a/b}] | services[1].secret: is the Secret of an earlier service too
          directory: {referrals: follow} | directory.referrals: "follow" is not one of fail, ignore
          directory: {locks: ['a<b']} | directory.locks[0]: "a<b" is no lock
          directory: {lowerCase: 1} | directory.lowerCase: "1" is not true or false
          directory: {attributes: {home: /srv}} | directory.attributes.home: the path "/srv" has no NAME in it
          homes: {toolMode: 2777} | homes.toolMode: "2777" is not the mode of a home
          homes: {toolMode: 4755} | homes.toolMode: "4755" is not the mode of a home
          homes: {adminMode: 0600} | homes.adminMode: "0600" is not the mode of a home
          cluster: {namespace: Own_Namespace} | cluster.namespace: "Own_Namespace" is not the name of a namespace
          kubeconfig: {tlsServerName: 'a b'} | kubeconfig.tlsServerName: "a b" is not the name of a host
          kubeconfig: {proxyUrl: 'proxy:3128'} | kubeconfig.proxyUrl: "proxy:3128" is not a URL like http://HOST:PORT, https:// or socks5://
          kubeconfig: {proxyUrl: 'http://user:secret@proxy'} | kubeconfig.proxyUrl:
          kubeconfig: {servers: {a: 'http://b'}} | kubeconfig.servers.a: "http://b" is not a URL like https://HOST:PORT
          cluster: {clientCa: ''} | cluster.clientCa: "" is not the path of a file
          cluster: {server: 'https://'} | cluster.server: "https://" is not a URL like https://HOST:PORT
          cluster: {server: 'https://a b'} | cluster.server: "https://a b" is not a URL like https://HOST:PORT
          cluster: {signer: client} | cluster.signer: "client" is not the name of a signer like kubernetes.io/kube-apiserver-client
          credentials: {toolOrganization: 'system:masters'} | credentials.toolOrganization: "system:masters" is a group of Kubernetes' own
          credentials: {adminOrganization: ' '} | credentials.adminOrganization: is empty
          leaderElection: {enabled: yes} | leaderElection.enabled: "yes" is not true or false
          leaderElection: {lease: A_B} | leaderElection.lease: "A_B" is not a DNS label
          leaderElection: {duration: 5s} | leaderElection.renewDeadline: must be shorter than duration
          leaderElection: {retryPeriod: 7s} | leaderElection.retryPeriod: must be shorter than renewDeadline
          kubeconfig: {name: ''} | kubeconfig.name: is empty
          telemetry: {address: localhost} | telemetry.address: "localhost" is not an IP address
          telemetry: {port: 65536} | telemetry.port: 65536 is not between 0 and 65535
          """)
  void namesTheKeyOfAValueThatCannotBe(String yaml, String error) throws IOException {
    Files.writeString(config, yaml);

    assertThat(run("--once", "--config", config.toString(), "--ldapconfig", ldap.toString()))
        .isEqualTo(2);

    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith(config + ":1: " + error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          servers: [] | servers: no LDAP server is named
          servers: ldap://a | servers: is text, a list is expected
          servers: ['ldap://a:99999'] | servers[0]: the LDAP server's port 99999 is not between 1 and 65535
          servers: [http://a] | servers[0]: the LDAP server "http://a" is none of ldap://HOST[:PORT]
          servers: [ldap://a, a] | servers: an LDAP server is named twice
          {servers: [a], user: 'cn=x'} | user: needs a password or passwordFile
          {servers: [a], password: hunter2} | password: is given, but no user
          {servers: [a], user: 'cn=x', password: ''} | password: is empty
          {servers: [a], user: 'cn=x', password: hunter2, passwordFile: f} | passwordFile: and password are both given
          {servers: [a], user: 'cn=x', password: [hunter2]} | password: is a list, a single value is expected
          {servers: [a], user: 'cn=x', passwordFile: "\\0"} | passwordFile: "\\u{0}" is not the path of a file
          {servers: [a], user: x, password: hunter2} | user: the bind DN "x" is not a distinguished name
          """)
  void namesTheKeyOfAWrongConnection(String yaml, String error) throws IOException {
    Files.writeString(ldap, yaml);

    assertThat(run("--once", "--config", config.toString(), "--ldapconfig", ldap.toString()))
        .isEqualTo(2);

    assertThat(err.toString().lines()).singleElement().asString().startsWith(ldap + ":1: " + error);
    assertThat(err.toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: hunter2: x",
        "password: \"hunter2",
        "password: !hunter2 y\n- x",
        "hunter2",
        "password: hunter2\nhunter2: 1\nservers: hunter2"
      })
  void neverShowsThePasswordOfAFileThatCannotBeRead(String yaml) throws IOException {
    Files.writeString(ldap, yaml.replace("\nhunter2: 1", "") + "\n");

    assertThat(run("--once", "--config", config.toString(), "--ldapconfig", ldap.toString()))
        .isEqualTo(2);

    assertThat(err.toString()).contains(ldap.toString()).doesNotContain("hunter2");
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThat(run("--once", "--config", folder + "/none.yaml")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(folder + "/none.yaml: could not be read: there is no such file\n");
  }

  @Test
  void namesAConnectionFileThatIsNotThereTogetherWithWhatIsWrongElsewhere() throws IOException {
    Files.writeString(config, "interval: 60\n");

    assertThat(run("plan", "--config", config.toString(), "--ldapconfig", folder + "/none.yaml"))
        .isEqualTo(2);

    assertThat(err.toString().lines())
        .containsExactly(
            config + ":1: interval: \"60\" is not a duration like 500ms, 60s, 5m, 1h30m or 40d",
            folder + "/none.yaml: could not be read: there is no such file");
  }

  @Test
  void namesAFileThatIsAFolder() {
    assertThat(run("--once", "--config", folder.toString(), "--ldapconfig", ldap.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).startsWith(folder + ": could not be read: ").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource({
    "--interval,0",
    "--interval,-5",
    "--interval,86401",
    "--interval,9223372036854775807",
    "--interval,soon",
    "--project,''",
    "--project,' '",
    "--nonsense,1"
  })
  void refusesOptionsThatCannotBe(String option, String value) {
    for (String[] line :
        List.of(new String[] {"--once", option, value}, new String[] {"plan", option, value})) {
      err.getBuffer().setLength(0);

      assertThat(run(line)).isEqualTo(2);
      assertThat(err.toString())
          .contains(option)
          .contains("Usage: maintain-kubeusers")
          .doesNotContain("    at ");
    }
  }

  @Test
  void tellsWithoutAStackTraceThatTheClusterCannotBeConnected() {
    String home = System.getProperty("user.home");
    System.setProperty("user.home", folder.toString());
    try {
      assumeThat(System.getenv("KUBECONFIG")).isNull();

      assertThat(
              run(
                  "--once",
                  "--local",
                  "--config",
                  config.toString(),
                  "--ldapconfig",
                  ldap.toString()))
          .isEqualTo(1);

      assertThat(err.toString())
          .startsWith("maintain-kubeusers: could not connect to the cluster by " + folder)
          .hasLineCount(1);
    } finally {
      System.setProperty("user.home", home);
    }
  }

  private void assertErrors(String... errors) {
    assertThat(run("--once", "--config", config.toString(), "--ldapconfig", ldap.toString()))
        .isEqualTo(2);
    assertThat(err.toString().lines()).containsExactly(errors);
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... arguments) {
    try (var _ = new CapturedLog()) {
      return Main.commandLine()
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true))
          .execute(arguments);
    }
  }
}
