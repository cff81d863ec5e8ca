package io.github.maintainkubeusers.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  private Instant now = Instant.EPOCH;
  private final CircuitBreaker circuit = new CircuitBreaker(2, Duration.ofSeconds(60), () -> now);

  @Test
  void oneAccountAloneDoesNotOpenIt() {
    for (int i = 0; i < 10; i++) {
      circuit.unanswered(AccountId.tool("fox"));
      assertThat(circuit.admits()).isTrue();
    }
  }

  @Test
  void severalAccountsDo() {
    open();
    assertThat(circuit.admits()).isFalse();
    assertThat(circuit.isResting()).isTrue();
  }

  @Test
  void anAnswerInBetweenStartsTheCountAnew() {
    circuit.unanswered(AccountId.tool("fox"));
    circuit.answered();
    circuit.unanswered(AccountId.tool("owl"));
    assertThat(circuit.admits()).isTrue();
  }

  @Test
  void afterARestOneCallFindsOut() {
    open();
    now = now.plusSeconds(60);
    assertThat(circuit.isResting()).isFalse();
    assertThat(circuit.admits()).isTrue();
    assertThat(circuit.admits()).isFalse();

    circuit.unanswered(AccountId.tool("elk"));
    assertThat(circuit.admits()).isFalse();

    now = now.plusSeconds(60);
    assertThat(circuit.admits()).isTrue();
    circuit.answered();
    assertThat(circuit.admits()).isTrue();
    assertThat(circuit.admits()).isTrue();
  }

  private void open() {
    circuit.unanswered(AccountId.tool("fox"));
    circuit.unanswered(AccountId.tool("owl"));
  }
}
