package io.github.maintainkubeusers.testing;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** The rights of a component of the manifests, which end when it is closed. */
public final class GrantedComponent implements AutoCloseable {
  private final Kubectl kubectl;
  private final Path file;

  private GrantedComponent(Kubectl kubectl, Path file) {
    this.kubectl = requireNonNull(kubectl, "kubectl is null");
    this.file = requireNonNull(file, "file is null");
  }

  public static GrantedComponent apply(Kubectl kubectl, String component) {
    var granted =
        new GrantedComponent(kubectl, Path.of("manifests/components", component, "rbac.yaml"));
    kubectl.get("apply", "-f", granted.file.toString());
    return granted;
  }

  @Override
  public void close() {
    kubectl.get("delete", "-f", file.toString());
  }
}
