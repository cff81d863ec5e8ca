package io.github.maintainkubeusers.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallMeterTest {
  private final List<String> told = new ArrayList<>();
  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .addInterceptor(
              new CallMeter(
                  new ClusterListener() {
                    @Override
                    public void called(String verb, int code) {
                      told.add(verb + " " + code);
                    }
                  }))
          .build();

  @ParameterizedTest
  @CsvSource({
    "GET, /api/v1/namespaces, list",
    "GET, /api/v1/namespaces/tool-x, get",
    "GET, /api/v1/namespaces/tool-x/configmaps, list",
    "GET, /api/v1/namespaces/tool-x/configmaps/maintain-kubeusers, get",
    "GET, /api/v1/configmaps?limit=500, list",
    "GET, /api/v1/configmaps?watch=true&timeoutSeconds=600, watch",
    "POST, /apis/certificates.k8s.io/v1/certificatesigningrequests, create",
    "PUT, /apis/certificates.k8s.io/v1/certificatesigningrequests/x/approval, update",
    "GET, /apis/certificates.k8s.io/v1/certificatesigningrequests/x, get",
    "PATCH, /apis/rbac.authorization.k8s.io/v1/namespaces/tool-x/rolebindings/x, patch",
    "DELETE, /api/v1/namespaces/tool-x, delete",
    "DELETE, /api/v1/namespaces/tool-x/pods, deletecollection"
  })
  void knowsTheVerbsOfRbac(String method, String path, String verb) {
    RequestBody body = method.matches("GET|DELETE") ? null : RequestBody.create(new byte[0]);
    assertThat(
            CallMeter.verb(
                new Request.Builder()
                    .url("https://api.example:6443" + path)
                    .method(method, body)
                    .build()))
        .isEqualTo(verb);
  }

  @Test
  void tellsOfEachAnswerAndOfNone() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    server.start();
    var request =
        new Request.Builder()
            .url("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/namespaces")
            .build();
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(403);
    } finally {
      server.stop(0);
      client.connectionPool().evictAll();
    }
    assertThatIOException().isThrownBy(() -> client.newCall(request).execute());
    assertThat(told).containsExactly("list 403", "list 0");
  }
}
