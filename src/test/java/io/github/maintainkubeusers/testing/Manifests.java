package io.github.maintainkubeusers.testing;

/** What a folder of manifests stands for, as the server at hand takes it. */
public final class Manifests {
  private static final int WITH_POLICY_V1 = 21;

  private Manifests() {}

  public static String of(Kubectl kubectl, String folder) {
    String rendered = kubectl.get("kustomize", folder);
    return kubectl.serverMinor() < WITH_POLICY_V1
        ? rendered.replace("apiVersion: policy/v1\n", "apiVersion: policy/v1beta1\n")
        : rendered;
  }
}
