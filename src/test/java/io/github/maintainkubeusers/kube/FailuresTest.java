package io.github.maintainkubeusers.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.kube.ClusterException.Reason;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  @ParameterizedTest
  @CsvSource({
    "401,FORBIDDEN,401 Unauthorized",
    "403,FORBIDDEN,403 Forbidden",
    "404,NOT_FOUND,404 Not Found",
    "409,CONFLICT,409 Conflict",
    "422,OTHER,422 Unprocessable Entity",
    "429,UNAVAILABLE,429 Too Many Requests",
    "500,UNAVAILABLE,500 Internal Server Error",
    "502,UNAVAILABLE,502",
    "503,UNAVAILABLE,503 Service Unavailable",
    "504,UNAVAILABLE,504",
    "418,OTHER,418"
  })
  void tellsWhatCanBeDoneAboutAnAnswer(int code, Reason reason, String words) {
    var failure =
        Failures.of("create namespaces tool-a", new ApiException(code, "x", Map.of(), "no"));

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure)
        .hasMessage("could not create namespaces tool-a: the API server answers " + words + ": no");
  }

  @Test
  void takesTheMessageOutOfTheServersStatus() {
    String status =
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
            + "\"message\":\"namespaces \\\"tool-a\\\" is forbidden:\\nno\",\"code\":403}";

    assertThat(Failures.of("create it", new ApiException(403, "x", Map.of(), status)))
        .hasMessage(
            "could not create it: the API server answers 403 Forbidden: namespaces \"tool-a\" is"
                + " forbidden: no");
  }

  @Test
  void takesAnythingElseAsItIsInOneBoundedLine() {
    assertThat(
            Failures.of(
                "create it", new ApiException(502, "x", Map.of(), "<html>\r\n\u001b[31mBad\u2028")))
        .hasMessage("could not create it: the API server answers 502: <html> [31mBad");
    assertThat(Failures.of("create it", new ApiException(500, "x", Map.of(), "a".repeat(501))))
        .hasMessageEndingWith(": " + "a".repeat(500) + "...");
    assertThat(Failures.of("create it", new ApiException(500, "x", Map.of(), null)))
        .hasMessage("could not create it: the API server answers 500 Internal Server Error");
  }

  @Test
  void namesTheRootOfAFailedConnection() {
    var refused =
        new ApiException(new IOException("wrapped", new ConnectException("Connection refused")));

    var failure = Failures.of("list namespaces", refused);

    assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure)
        .hasMessage(
            "could not list namespaces: the API server cannot be reached:"
                + " ConnectException: Connection refused")
        .hasCause(refused);
  }

  @Test
  void looksIntoWhatTheLibraryWraps() {
    var connection = new IllegalStateException(new ConnectException("Connection refused"));
    var answer = new IllegalStateException(new ApiException(409, "x", Map.of(), "changed"));

    assertThat(Failures.of("do it", connection).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(Failures.of("do it", answer).reason()).isEqualTo(Reason.CONFLICT);
    assertThat(Failures.of("do it", new IllegalStateException("odd")).reason())
        .isEqualTo(Reason.OTHER);
    assertThat(Failures.of("do it", new IllegalStateException("odd")))
        .hasMessage("could not do it: java.lang.IllegalStateException: odd");
  }
}
