package io.github.maintainkubeusers.directory;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ServerRotationTest {
  private static final LdapServer A = LdapServer.parse("a", false);
  private static final LdapServer B = LdapServer.parse("b", false);
  private static final LdapServer C = LdapServer.parse("c", false);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final InstantSource source = now::get;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final ServerRotation rotation = new ServerRotation(List.of(A, B, C), clock);
  private final Logger logger = (Logger) LoggerFactory.getLogger(ServerRotation.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(log);
    log.start();
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  @Test
  void serversTakeTurns() {
    assertThat(rotation.next()).containsExactly(A, B, C);
    assertThat(rotation.next()).containsExactly(B, C, A);
    assertThat(rotation.next()).containsExactly(C, A, B);
    assertThat(rotation.next()).containsExactly(A, B, C);
  }

  @Test
  void oneThatFailedComesLastForAWhile() {
    rotation.failed(A);
    assertThat(rotation.next()).containsExactly(B, C, A);
    assertThat(rotation.next()).containsExactly(B, C, A);
    assertThat(rotation.next()).containsExactly(C, B, A);
    pass(ServerRotation.REST);
    assertThat(rotation.next()).containsExactly(A, B, C);
  }

  @Test
  void oneThatAnswersAgainTakesItsTurnsAtOnce() {
    rotation.failed(A);
    rotation.succeeded(A);
    assertThat(rotation.next()).containsExactly(A, B, C);
  }

  @Test
  void aFaultIsToldWhenItStartsAndWhenItEnds() {
    var failure = new DirectoryException("could not connect to a: refused");
    for (int i = 0; i < 3; i++) {
      rotation.log(A, failure);
      rotation.succeeded(B);
    }
    rotation.succeeded(A);
    rotation.succeeded(A);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "could not connect to a: refused; taking another LDAP server meanwhile",
            "the LDAP server ldap://a:389 answers again");
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }
}
