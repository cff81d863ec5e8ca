package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import okhttp3.Handshake;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** Tells of each attempt at a call, and until when the API server's certificate is valid. */
final class CallMeter implements Interceptor {
  private final ClusterListener listener;

  CallMeter(ClusterListener listener) {
    this.listener = requireNonNull(listener, "listener is null");
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    String verb = verb(chain.request());
    try {
      Response response = chain.proceed(chain.request());
      listener.called(verb, response.code());
      Optional.ofNullable(response.handshake())
          .map(Handshake::peerCertificates)
          .filter(chained -> !chained.isEmpty())
          .map(List::getFirst)
          .map(X509Certificate.class::cast)
          .ifPresent(shown -> listener.served(shown.getNotAfter().toInstant()));
      return response;
    } catch (IOException e) {
      listener.called(verb, 0);
      throw e;
    }
  }

  /**
   * As the API server itself derives it:
   * kubernetes.io/docs/reference/access-authn-authz/authorization.
   */
  static String verb(Request request) {
    boolean named = isNamed(request.url());
    return switch (request.method()) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> named ? "delete" : "deletecollection";
      default -> {
        if (request.url().queryParameterNames().contains("watch")) {
          yield "watch";
        }
        yield named ? "get" : "list";
      }
    };
  }

  /**
   * Whether one object is meant: {@code [api/v1|apis/GROUP/VERSION][/namespaces/NS]/PLURAL/NAME}.
   */
  private static boolean isNamed(HttpUrl url) {
    List<String> path = url.pathSegments();
    int start = path.getFirst().equals("apis") ? 3 : 2;
    boolean inNamespace = path.size() > start + 2 && path.get(start).equals("namespaces");
    return path.size() > start + (inNamespace ? 3 : 1);
  }
}
