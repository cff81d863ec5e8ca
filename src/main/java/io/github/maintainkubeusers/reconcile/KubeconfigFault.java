package io.github.maintainkubeusers.reconcile;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.home.HomeException;

/**
 * A kubeconfig could not be written, while key and certificate could.
 *
 * @param advice what is wrong and what to do, for the owner
 */
record KubeconfigFault(HomeException cause, String advice) {
  KubeconfigFault {
    requireNonNull(cause, "cause is null");
    requireNonNull(advice, "advice is null");
  }
}
