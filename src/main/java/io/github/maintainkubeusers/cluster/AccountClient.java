package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.kube.ApiJson;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.Failures;
import io.github.maintainkubeusers.kube.WhoAmI;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AuthorizationV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1ResourceAttributes;
import io.kubernetes.client.openapi.models.V1SelfSubjectAccessReview;
import io.kubernetes.client.openapi.models.V1SelfSubjectAccessReviewSpec;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.credentials.ClientCertificateAuthentication;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import okhttp3.Response;

/** Asks the API server with an account's own pair, and changes nothing. */
public final class AccountClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final long MOST_BYTES = 1 << 20;

  private final AccountId id;
  private final ApiClient client;

  /**
   * @throws ClusterException when the pair cannot be used
   */
  public AccountClient(AccountId id, ClusterEndpoint endpoint, byte[] certificate, byte[] key) {
    this.id = requireNonNull(id, "id is null");
    this.client =
        client(endpoint, certificate, key)
            .orElseThrow(
                () ->
                    new ClusterException(
                        ClusterException.Reason.OTHER,
                        "could not use the pair of " + id + ": key or certificate cannot be read"));
  }

  /** Empty when the pair is none. What is thrown then might show what was read. */
  private static Optional<ApiClient> client(
      ClusterEndpoint endpoint, byte[] certificate, byte[] key) {
    try {
      ApiJson.install();
      ApiClient client =
          new ClientBuilder()
              .setBasePath(endpoint.server())
              .setCertificateAuthority(endpoint.caBundle())
              .setAuthentication(new ClientCertificateAuthentication(certificate, key))
              .setReadTimeout(TIMEOUT)
              .build();
      client.setHttpClient(client.getHttpClient().newBuilder().callTimeout(TIMEOUT).build());
      return Optional.of(client);
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }

  /** Whom the API server takes the account for; empty when it does not say. */
  public Optional<String> user() {
    try {
      return WhoAmI.user(client);
    } catch (ApiException e) {
      throw Failures.of("ask who " + id + " is", e);
    }
  }

  /**
   * Whether it may do what every account of its kind may: tools create pods, admins list
   * namespaces.
   */
  public boolean mayWork() {
    var attributes =
        id.kind() == AccountKind.TOOL
            ? new V1ResourceAttributes()
                .verb("create")
                .resource("pods")
                .namespace(Names.namespace(id))
            : new V1ResourceAttributes().verb("list").resource("namespaces");
    try {
      return new AuthorizationV1Api(client)
          .createSelfSubjectAccessReview(
              new V1SelfSubjectAccessReview()
                  .spec(new V1SelfSubjectAccessReviewSpec().resourceAttributes(attributes)))
          .execute()
          .getStatus()
          .getAllowed();
    } catch (ApiException e) {
      throw Failures.of("ask what " + id + " may do", e);
    }
  }

  /** What of a tool's quotas is used up, as in {@code pods 10 of 10}. */
  public List<String> usedUp() {
    String action = "read the quotas of " + id;
    // As text: how much is used is passed over elsewhere, see ApiJson.
    try (Response response =
        new CoreV1Api(client)
            .listNamespacedResourceQuota(Names.namespace(id))
            .buildCall(null)
            .execute()) {
      String body = response.peekBody(MOST_BYTES).string();
      if (!response.isSuccessful()) {
        throw Failures.of(action, response.code(), body);
      }
      var used = new ArrayList<String>();
      JsonParser.parseString(body)
          .getAsJsonObject()
          .getAsJsonArray("items")
          .forEach(quota -> used.addAll(usedUp(quota.getAsJsonObject())));
      return used;
    } catch (ApiException e) {
      throw Failures.of(action, e);
    } catch (JsonParseException
        | IllegalStateException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException e) {
      // Each is how the library says that a value is of another kind.
      throw new ClusterException(
          ClusterException.Reason.OTHER,
          "could not " + action + ": what answers is no API server",
          e);
    } catch (IOException e) {
      throw Failures.unreachable(action, e);
    }
  }

  private static List<String> usedUp(JsonObject quota) {
    Map<String, Quantity> hard = quantities(quota, "spec", "hard");
    return quantities(quota, "status", "used").entrySet().stream()
        .filter(entry -> isUsedUp(entry.getValue(), hard.get(entry.getKey())))
        .map(
            entry ->
                entry.getKey()
                    + " "
                    + entry.getValue().toSuffixedString()
                    + " of "
                    + hard.get(entry.getKey()).toSuffixedString())
        .toList();
  }

  /** What there is none of by intention is not used up. */
  private static boolean isUsedUp(Quantity used, Quantity hard) {
    return hard != null
        && hard.getNumber().compareTo(BigDecimal.ZERO) > 0
        && used.getNumber().compareTo(hard.getNumber()) >= 0;
  }

  private static Map<String, Quantity> quantities(JsonObject quota, String part, String list) {
    var quantities = new TreeMap<String, Quantity>();
    if (quota.has(part) && quota.getAsJsonObject(part).has(list)) {
      quota
          .getAsJsonObject(part)
          .getAsJsonObject(list)
          .entrySet()
          .forEach(
              entry ->
                  quantities.put(entry.getKey(), new Quantity(entry.getValue().getAsString())));
    }
    return quantities;
  }

  /**
   * Why the API server would refuse a plain pod of a tool; empty when it would take it. Nothing is
   * created.
   *
   * @param account by whose user id the pod would run
   */
  public Optional<String> refusesPod(Account account) {
    try {
      Object _ =
          new CoreV1Api(client)
              .createNamespacedPod(Names.namespace(id), pod(account))
              .dryRun("All")
              .execute();
      return Optional.empty();
    } catch (ApiException e) {
      ClusterException failure = Failures.of("create a pod of " + id, e);
      if (failure.reason() == ClusterException.Reason.UNAVAILABLE) {
        throw failure;
      }
      return Optional.of(failure.getMessage());
    }
  }

  private static V1Pod pod(Account account) {
    String text =
        """
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "maintain-kubeusers-explain"},
         "spec": {"restartPolicy": "Never", "automountServiceAccountToken": false,
          "securityContext": {"runAsUser": %1$s, "runAsGroup": %2$s, "runAsNonRoot": true,
           "seccompProfile": {"type": "RuntimeDefault"}},
          "containers": [{"name": "main", "image": "explain",
           "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}]}}
        """
            .formatted(account.uid(), account.gid());
    V1Pod pod = ApiJson.parse(text, V1Pod.class);
    // The library's default is an empty one, which the API server takes for one that was set.
    pod.getSpec().setOverhead(null);
    return pod;
  }

  @Override
  public void close() {
    client.getHttpClient().dispatcher().executorService().shutdown();
    client.getHttpClient().connectionPool().evictAll();
  }
}
