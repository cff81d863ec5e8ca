package io.github.maintainkubeusers.kube;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AuthenticationV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1SelfSubjectReview;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the API server whom it takes a client for, and changes nothing. */
public final class WhoAmI {
  static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final Pattern USER = Pattern.compile("User \\\\?\"([^\"\\\\]+)\\\\?\" cannot");

  private WhoAmI() {}

  /**
   * The user's name; empty when the API server does not say.
   *
   * @throws ApiException also when it does not know the client
   */
  public static Optional<String> user(ApiClient client) throws ApiException {
    try {
      V1SelfSubjectReview review =
          new AuthenticationV1Api(client)
              .createSelfSubjectReview(new V1SelfSubjectReview())
              .execute();
      return Optional.of(review.getStatus().getUserInfo().getUsername());
    } catch (ApiException e) {
      if (e.getCode() != NOT_FOUND && e.getCode() != FORBIDDEN) {
        throw e;
      }
    }
    return userByRefusal(client);
  }

  /** Before Kubernetes 1.28, what is forbidden to all accounts names them. */
  private static Optional<String> userByRefusal(ApiClient client) throws ApiException {
    try {
      Object _ = new CoreV1Api(client).listNamespacedSecret("kube-system").limit(1).execute();
      return Optional.empty();
    } catch (ApiException e) {
      Matcher user = USER.matcher(Optional.ofNullable(e.getResponseBody()).orElse(""));
      if (e.getCode() == FORBIDDEN && user.find()) {
        return Optional.of(user.group(1));
      }
      throw e;
    }
  }
}
