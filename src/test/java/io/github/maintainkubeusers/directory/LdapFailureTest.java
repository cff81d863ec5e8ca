package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.directory.Reading.SHORT;
import static io.github.maintainkubeusers.directory.Reading.directory;
import static io.github.maintainkubeusers.directory.Reading.failure;
import static io.github.maintainkubeusers.directory.Reading.names;
import static io.github.maintainkubeusers.directory.Reading.read;
import static io.github.maintainkubeusers.directory.Reading.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.testing.FreePorts;
import io.github.maintainkubeusers.testing.LdapServerExtension;
import io.github.maintainkubeusers.testing.LoopbackProxy;
import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever goes wrong, the answer is everybody or an exception. */
@ExtendWith(LdapServerExtension.class)
@Timeout(60)
class LdapFailureTest {
  private TestLdapServer server;
  private LoopbackProxy proxy;

  @BeforeEach
  void take(TestLdapServer shared) {
    server = shared;
  }

  @AfterEach
  void closeProxy() {
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void aWrongPasswordIsCalledThat() {
    assertThat(failure(settings(server, "not the password", false, server.url())))
        .hasMessageStartingWith(
            "could not bind to ldap://localhost:"
                + server.port()
                + " as \""
                + server.bindDn()
                + "\": wrong bind DN or password (result 49 invalid credentials)");
  }

  @Test
  void withoutBindDnOneIsAnonymousAndHereRefused() {
    var anonymous = LdapSettings.of(settings(server, server.url()).servers(), Optional.empty());
    assertThat(failure(anonymous))
        .hasMessageContaining("could not search")
        .hasMessageContaining("result");
  }

  @Test
  void anEmptyPasswordIsNotSent() {
    assertThat(failure(settings(server, "", false, server.url())))
        .hasMessage("could not read the bind password: it is empty");
  }

  @Test
  void theOthersAreAllThatAnswer() {
    server.addTool("lone", 50_001, "/data/project/lone");
    proxy = LoopbackProxy.passing("127.0.0.1", server.port());
    String another = "ldap://localhost:" + proxy.port();
    String gone = "ldap://localhost:" + FreePorts.next();
    try (var directory = directory(settings(server, server.url(), another, gone))) {
      DirectorySnapshot first = directory.read();
      assertThat(first.origin().orElseThrow().server()).isEqualTo(server.url());

      assertThat(directory.readOthers(first))
          .singleElement()
          .satisfies(other -> assertThat(names(other)).contains("tool lone"))
          .satisfies(other -> assertThat(other.origin().orElseThrow().server()).isEqualTo(another));
    }
  }

  @Test
  void whereNoOtherAnswersTheSameIsReadAgain() {
    try (var directory = directory(settings(server, server.url()))) {
      assertThat(directory.readOthers(directory.read())).hasSize(1);
    }
  }

  @Test
  void aBaseThatDoesNotExistIsNamed() {
    var tools =
        new ToolSearch(
            "tools",
            "ou=nowhere,dc=wikimedia,dc=org",
            "(cn=PROJECT.*)",
            "PROJECT.",
            AccountAttributes.named("cn"));
    try (var directory =
        new LdapDirectory(
            settings(server, server.url()),
            tools,
            AdminSearch.ofProject("tools"),
            Clock.systemUTC())) {
      assertThatThrownBy(directory::read)
          .hasMessageStartingWith("could not search ldap://localhost:")
          .hasMessageContaining("base \"ou=nowhere,dc=wikimedia,dc=org\"")
          .hasMessageContaining(
              "the base does not exist or may not be read (result 32 no such object)");
    }
  }

  @Test
  void aMissingAdminGroupIsAFault() {
    server.removeAdminGroup();
    assertThat(failure(settings(server, server.url())))
        .hasMessageContaining("base \"ou=servicegroups,dc=wikimedia,dc=org\"")
        .hasMessageContaining("filter \"(&(objectClass=posixGroup)(cn=tools.admin))\"")
        .hasMessageContaining("there is no admin group");
  }

  @Test
  void anAnswerCutShortByALimitIsAFault() {
    server.addTools("t", 30, 52_000);
    try {
      server.setSizeLimit(10);
      assertThat(failure(settings(server, server.url())))
          .hasMessageContaining(
              "a limit that the server has for this bind DN cut the answer short (result 4 size");
    } finally {
      server.setSizeLimit(0);
    }
  }

  @Test
  void entriesOnAnotherServerAreAFault() {
    server.addTool("wikibot", 52_001, "/data/project/wikibot");
    String moved = "ou=moved," + TestLdapServer.TOOLS;
    server.addReferral(moved, "ldap://elsewhere.example/" + moved);
    assertThat(failure(settings(server, server.url())))
        .hasMessageContaining("some entries are on another server")
        .hasMessageContaining("ldap://elsewhere.example/");
  }

  @Test
  void referralsCanBeIgnored() {
    server.addTool("wikibot", 52_001, "/data/project/wikibot");
    String moved = "ou=moved," + TestLdapServer.TOOLS;
    server.addReferral(moved, "ldap://elsewhere.example/" + moved);
    assertThat(failure(settings(server, server.url()))).hasMessageContaining("'referrals: ignore'");
    assertThat(names(read(settings(server, server.url()).withReferrals(Referrals.IGNORE))))
        .containsExactly("tool wikibot");
  }

  @Test
  void aBaseOnAnotherServerIsAFault() {
    String moved = "ou=moved," + TestLdapServer.SUFFIX;
    server.addReferral(moved, "ldap://elsewhere.example/" + moved);
    var tools =
        new ToolSearch(
            "tools",
            "ou=people," + moved,
            "(cn=PROJECT.*)",
            "PROJECT.",
            AccountAttributes.named("cn"));
    try (var directory =
        new LdapDirectory(
            settings(server, server.url()),
            tools,
            AdminSearch.ofProject("tools"),
            Clock.systemUTC())) {
      assertThatThrownBy(directory::read)
          .hasMessageContaining("the entries are on another server (result 10 referral)")
          .hasMessageContaining("ldap://elsewhere.example/");
    }
  }

  @Test
  void anotherServerStepsInForOneThatCannotBeReached() throws IOException {
    server.addTool("wikibot", 52_001, "/data/project/wikibot");
    try (var directory = directory(settings(server, unreachable(), server.url()))) {
      for (int i = 0; i < 4; i++) {
        assertThat(names(directory.read())).containsExactly("tool wikibot");
      }
    }
  }

  @Test
  void whenAllServersFailEachIsNamedWithItsCause() throws IOException {
    String first = unreachable();
    var failure = failure(settings(server, "wrong", false, first, server.url()));
    assertThat(failure)
        .hasMessageStartingWith("could not read the directory from any server: ")
        .hasMessageContaining(
            "could not connect to "
                + first
                + ": nothing listens there, or a firewall refuses: \"Connection refused")
        .hasMessageContaining("could not bind to " + server.url())
        .hasMessageContaining("wrong bind DN or password");
  }

  @Test
  void anUnknownHostIsNamed() {
    assertThat(failure(settings(server, "ldap://ldap.invalid")))
        .hasMessageContaining("ldap://ldap.invalid:389")
        .hasMessageContaining("the name of the server cannot be resolved: ");
  }

  @Test
  void aServerThatNeverAnswersCostsTheTimeoutAndNoMore() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      for (String url : new String[] {"ldap://localhost:", "ldaps://localhost:"}) {
        for (boolean startTls : new boolean[] {false, true}) {
          long start = System.nanoTime();
          var failure =
              failure(settings(server, startTls, url + silent.getLocalPort()).withTimeouts(SHORT));
          assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
          assertThat(failure)
              .hasMessageContaining("localhost:" + silent.getLocalPort())
              .hasMessageContaining("no answer in time");
        }
      }
    }
  }

  @Test
  void aServerThatFallsSilentInTheMiddleOfAHandshakeCostsTheTimeoutAndNoMore() {
    for (int answered : new int[] {14, 100, 500}) {
      for (String url : new String[] {"ldap://localhost:", "ldaps://localhost:"}) {
        int target = url.startsWith("ldaps") ? server.ldapsPort() : server.port();
        try (var falling = LoopbackProxy.falling(target, answered)) {
          long start = System.nanoTime();
          var failure =
              failure(
                  settings(server, true, url + falling.port())
                      .withTrustedCa(server.caFile())
                      .withTimeouts(SHORT));
          assertThat(failure).hasMessageContaining("no answer in time");
          assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
        }
      }
    }
  }

  @Test
  void aConnectionCutInTheMiddleOfASearchIsAFault() {
    server.addTools("t", 1_200, 52_000);
    proxy = LoopbackProxy.cutting(server.port(), 100_000);
    assertThat(failure(settings(server, "ldap://localhost:" + proxy.port())))
        .hasMessageContaining("could not search ldap://localhost:" + proxy.port());
  }

  @Test
  void whatWasReadBeforeTheCutIsReadAnewFromTheNextServer() {
    server.addTools("t", 1_200, 52_000);
    proxy = LoopbackProxy.cutting(server.port(), 100_000);
    try (var directory =
        directory(settings(server, "ldap://localhost:" + proxy.port(), server.url()))) {
      assertThat(names(directory.read())).hasSize(1_200).doesNotHaveDuplicates();
    }
    assertThat(proxy.connections()).isEqualTo(1);
  }

  @Test
  void aServerThatFallsSilentInTheMiddleOfASearchIsAFault() {
    server.addTools("t", 1_200, 52_000);
    proxy = LoopbackProxy.falling(server.port(), 100_000);
    assertThat(failure(settings(server, "ldap://localhost:" + proxy.port()).withTimeouts(SHORT)))
        .hasMessageContaining("no answer in time (result 85 timeout)");
  }

  @Test
  void aReadingThatTakesTooLongIsBrokenOff() {
    server.addTools("t", 1_200, 52_000);
    proxy = LoopbackProxy.falling(server.port(), 100_000);
    var patient =
        new LdapTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(2));
    assertThat(failure(settings(server, "ldap://localhost:" + proxy.port()).withTimeouts(patient)))
        .hasMessage(
            "could not read ldap://localhost:"
                + proxy.port()
                + ": not all of it came within 2000 ms");
  }

  @Test
  void aServerThatWasRestartedBetweenTwoReadingsIsReadAgain() {
    server.addTool("wikibot", 52_001, "/data/project/wikibot");
    try (var directory = directory(settings(server, server.url()))) {
      assertThat(names(directory.read())).containsExactly("tool wikibot");
      server.stop();
      assertThatThrownBy(directory::read)
          .isInstanceOf(DirectoryException.class)
          .hasMessageContaining("could not connect");
      server.restart();
      assertThat(names(directory.read())).containsExactly("tool wikibot");
    }
  }

  @Test
  void closingBreaksOffAReadingUnderWay() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var directory =
          directory(settings(server, "ldap://localhost:" + silent.getLocalPort(), server.url()));
      var reading = CompletableFuture.supplyAsync(directory::read);
      // Kept: a connection that nobody refers to is closed by the collector, and the next server
      // answers.
      try (var _ = silent.accept()) {
        directory.close();
        assertThatThrownBy(reading::join)
            .hasRootCauseInstanceOf(DirectoryException.class)
            .hasMessageContaining("the directory is closed");
      }
    }
  }

  @Test
  void anInterruptBreaksOffAReadingUnderWay() throws Exception {
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var settings = settings(server, "ldap://localhost:" + silent.getLocalPort(), server.url());
      var failure = new CompletableFuture<DirectoryException>();
      Thread reader = Thread.ofPlatform().start(() -> failure.complete(failure(settings)));
      try (var _ = silent.accept()) {
        Waiting.until(
            "it waits for the answer",
            Duration.ofSeconds(30),
            () -> reader.getState() == Thread.State.TIMED_WAITING);
        reader.interrupt();
        assertThat(failure.join()).hasMessageContaining("interrupted");
      }
    }
  }

  private static String unreachable() {
    return "ldap://localhost:" + FreePorts.next();
  }
}
