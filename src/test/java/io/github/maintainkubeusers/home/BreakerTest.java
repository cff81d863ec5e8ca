package io.github.maintainkubeusers.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private Instant now = Instant.EPOCH;
  private final Breaker breaker = new Breaker(2, Duration.ofSeconds(60), () -> now);

  @Test
  void oneAccountAloneDoesNotOpenIt() {
    for (int i = 0; i < 10; i++) {
      breaker.unanswered(AccountId.tool("fox"));
      assertThat(breaker.admits()).isTrue();
    }
  }

  @Test
  void severalAccountsDo() {
    open();
    assertThat(breaker.admits()).isFalse();
    assertThat(breaker.isResting()).isTrue();
  }

  @Test
  void anAnswerInBetweenStartsTheCountAnew() {
    breaker.unanswered(AccountId.tool("fox"));
    breaker.answered();
    breaker.unanswered(AccountId.tool("owl"));
    assertThat(breaker.admits()).isTrue();
  }

  @Test
  void afterARestOneCallFindsOut() {
    open();
    now = now.plusSeconds(60);
    assertThat(breaker.isResting()).isFalse();
    assertThat(breaker.admits()).isTrue();
    assertThat(breaker.admits()).isFalse();

    breaker.unanswered(AccountId.tool("elk"));
    assertThat(breaker.admits()).isFalse();

    now = now.plusSeconds(60);
    assertThat(breaker.admits()).isTrue();
    breaker.answered();
    assertThat(breaker.admits()).isTrue();
    assertThat(breaker.admits()).isTrue();
  }

  private void open() {
    breaker.unanswered(AccountId.tool("fox"));
    breaker.unanswered(AccountId.tool("owl"));
  }
}
