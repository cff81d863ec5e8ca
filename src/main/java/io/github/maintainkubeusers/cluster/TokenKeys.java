package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.Failures;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.OpenidApi;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.Response;

/**
 * The keys by which an API server knows ServiceAccount tokens, as it publishes them ({@code
 * /openid/v1/jwks}, Kubernetes 1.20 and later).
 *
 * @param ids one for each key, the same on every server that knows the key
 */
public record TokenKeys(ServerAddress server, Set<String> ids) {
  private static final int MOST_BYTES = 1 << 20;
  private static final Gson JSON = new Gson();

  public TokenKeys {
    requireNonNull(server, "server is null");
    ids = Set.copyOf(ids);
  }

  /**
   * @throws ClusterException when the server does not tell
   */
  static TokenKeys read(ClusterConnection connection, ServerAddress server) {
    String action = "read the token keys of " + server.name();
    String host = server.host().contains(":") ? "[" + server.host() + "]" : server.host();
    ApiClient client = connection.at("https://" + host + ":" + server.port());
    try (Response response =
        new OpenidApi(client).getServiceAccountIssuerOpenIDKeyset().buildCall(null).execute()) {
      String body = response.peekBody(MOST_BYTES).string();
      if (!response.isSuccessful()) {
        throw Failures.of(action, response.code(), body);
      }
      return new TokenKeys(server, parse(body));
    } catch (ApiException e) {
      throw Failures.of(action, e);
    } catch (IOException e) {
      throw new ClusterException(
          ClusterException.Reason.OTHER, "could not " + action + ": " + e.getMessage(), e);
    } finally {
      ClusterConnection.close(client);
    }
  }

  /**
   * @param body a JSON Web Key Set (RFC 7517)
   * @throws ClusterException when it is none
   */
  static Set<String> parse(String body) {
    try {
      KeySet set = JSON.fromJson(body, KeySet.class);
      return set.keys().stream()
          .map(key -> requireNonNull(key.kid(), "a key has no kid"))
          .collect(toCollection(TreeSet::new));
    } catch (JsonParseException | NullPointerException e) {
      throw new ClusterException(
          ClusterException.Reason.OTHER, "could not read the token keys: they are no key set", e);
    }
  }

  private record KeySet(List<Key> keys) {}

  private record Key(String kid) {}
}
