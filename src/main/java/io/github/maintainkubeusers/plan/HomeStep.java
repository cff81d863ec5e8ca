package io.github.maintainkubeusers.plan;

/** A step that writes into the account's home. */
public sealed interface HomeStep extends Step {
  /**
   * Make what is missing of the home and its folders, and see that credentials could be written
   * there.
   */
  record Prepare() implements HomeStep {}

  /**
   * Write key, certificate and kubeconfig. An unreadable kubeconfig does not stop key and
   * certificate.
   */
  record WriteCredentials() implements HomeStep {}

  /** Write the kubeconfig alone. */
  record WriteKubeconfig() implements HomeStep {}

  /** Create or delete the file {@code k8s.disabled}, which tells the owner. */
  record Mark(boolean disabled) implements HomeStep {}
}
