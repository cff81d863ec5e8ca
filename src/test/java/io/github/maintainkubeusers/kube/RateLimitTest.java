package io.github.maintainkubeusers.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;

/** On a clock that only sleeping moves. */
class RateLimitTest {
  private static final Request REQUEST = new Request.Builder().url("http://127.0.0.1/").build();
  private static final Interceptor SERVER =
      chain ->
          new Response.Builder()
              .request(chain.request())
              .protocol(Protocol.HTTP_1_1)
              .code(200)
              .message("OK")
              .body(ResponseBody.create(new byte[0], null))
              .build();

  private final List<Duration> slept = new ArrayList<>();

  /** Not from zero: nanoTime may begin anywhere, also just before its overflow. */
  private long now = Long.MAX_VALUE - Duration.ofMillis(1500).toNanos();

  @Test
  void callsAfterAPauseDoNotWait() throws IOException {
    call(limited(10), 10);

    assertThat(slept).isEmpty();
  }

  @Test
  void callsThatGoOnAreAsManyInASecondAsAllowed() throws IOException {
    long start = now;

    call(limited(10), 10 + 30);

    assertThat(slept).hasSize(30);
    assertThat(Duration.ofNanos(now - start)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void whatIsNotUsedIsSavedUpForASecondAndNoLonger() throws IOException {
    OkHttpClient client = limited(10);
    call(client, 10);
    now += Duration.ofMinutes(5).toNanos();

    call(client, 10);
    assertThat(slept).isEmpty();
    call(client, 1);
    assertThat(slept).containsExactly(Duration.ofMillis(100));
  }

  @Test
  void partOfAPauseSavesUpItsPart() throws IOException {
    OkHttpClient client = limited(10);
    call(client, 10);
    now += Duration.ofMillis(500).toNanos();

    call(client, 5);
    assertThat(slept).isEmpty();
    call(client, 1);
    assertThat(slept).hasSize(1);
  }

  @Test
  void aCallThatIsInterruptedWhileItWaitsEnds() throws IOException {
    OkHttpClient client =
        limited(
            1,
            _ -> {
              throw new InterruptedException();
            });
    call(client, 1);

    assertThatExceptionOfType(InterruptedIOException.class)
        .isThrownBy(() -> call(client, 1))
        .withMessageContaining("its turn to call the API server");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void anAllowanceOfNothingIsAnError() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit(0));
  }

  private OkHttpClient limited(int perSecond) {
    return limited(
        perSecond,
        time -> {
          slept.add(time);
          now += time.toNanos();
        });
  }

  private OkHttpClient limited(int perSecond, Sleep sleep) {
    return new OkHttpClient.Builder()
        .addInterceptor(new RateLimit(perSecond, () -> now, sleep))
        .addInterceptor(SERVER)
        .build();
  }

  private static void call(OkHttpClient client, int times) throws IOException {
    for (int _ : IntStream.range(0, times).toArray()) {
      client.newCall(REQUEST).execute().close();
    }
  }
}
