package io.github.maintainkubeusers.kube;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.github.maintainkubeusers.kube.ClusterException.Reason;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1Status;
import io.kubernetes.client.util.generic.KubernetesApiResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns what the client library answers or throws into exceptions that name action, object and
 * cause.
 */
public final class Failures {
  private static final int MAX_MESSAGE = 500;

  /** What could break the line of a log. */
  private static final Pattern UNSHOWABLE =
      Pattern.compile("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029]+");

  private static final Gson JSON = new Gson();

  private Failures() {}

  /**
   * @param action as in "create namespace tool-x"
   */
  public static <T extends io.kubernetes.client.common.KubernetesType> T expect(
      String action, KubernetesApiResponse<T> response) {
    if (response.isSuccess()) {
      return response.getObject();
    }
    throw of(
        action,
        response.getHttpStatusCode(),
        Optional.ofNullable(response.getStatus()).map(V1Status::getMessage).orElse(""),
        null);
  }

  public static ClusterException of(String action, ApiException e) {
    if (e.getCode() == 0) {
      return unreachable(action, e);
    }
    return of(
        action, e.getCode(), statusMessage(Optional.ofNullable(e.getResponseBody()).orElse("")), e);
  }

  /** The client library wraps some failures of the connection into exceptions that say nothing. */
  public static ClusterException of(String action, RuntimeException e) {
    return switch (e.getCause()) {
      case ApiException cause -> of(action, cause);
      case IOException cause -> unreachable(action, cause);
      case null, default -> new ClusterException(Reason.OTHER, "could not " + action + ": " + e, e);
    };
  }

  public static ClusterException unreachable(String action, Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new ClusterException(
        Reason.UNAVAILABLE,
        "could not "
            + action
            + ": the API server cannot be reached: "
            + root.getClass().getSimpleName()
            + ": "
            + root.getMessage(),
        e);
  }

  /**
   * The API server answers with a Status object; what stands before it may answer with anything.
   */
  private static String statusMessage(String body) {
    try {
      return Optional.ofNullable(JSON.fromJson(body, V1Status.class))
          .map(V1Status::getMessage)
          .orElse(body);
    } catch (JsonParseException _) {
      return body;
    }
  }

  /**
   * @param body of the answer
   */
  public static ClusterException of(String action, int code, String body) {
    return of(action, code, statusMessage(body), null);
  }

  private static ClusterException of(String action, int code, String message, Throwable cause) {
    String line = UNSHOWABLE.matcher(message).replaceAll(" ").strip();
    String detail = line.length() > MAX_MESSAGE ? line.substring(0, MAX_MESSAGE) + "..." : line;
    return new ClusterException(
        reason(code),
        "could not "
            + action
            + ": the API server answers "
            + (code + " " + words(code)).strip()
            + (detail.isEmpty() ? "" : ": " + detail),
        cause);
  }

  private static Reason reason(int code) {
    return switch (code) {
      case 401, 403 -> Reason.FORBIDDEN;
      case 404 -> Reason.NOT_FOUND;
      case 409 -> Reason.CONFLICT;
      case 429, 500, 502, 503, 504 -> Reason.UNAVAILABLE;
      default -> Reason.OTHER;
    };
  }

  private static String words(int code) {
    return switch (code) {
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 422 -> "Unprocessable Entity";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      default -> "";
    };
  }
}
