package io.github.maintainkubeusers.kube;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Looks, right before a request goes out and at each attempt, whether this process may write. */
final class WriteGuard implements Interceptor {
  private final Leadership leadership;

  WriteGuard(Leadership leadership) {
    this.leadership = requireNonNull(leadership, "leadership is null");
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    if (!chain.request().method().equals("GET") && !leadership.isLeader()) {
      throw new IOException("this process does not lead");
    }
    return chain.proceed(chain.request());
  }
}
