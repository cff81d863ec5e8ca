/**
 * Kubeconfigs: made anew, and merged into what an owner has. Ours are the cluster, the context and
 * the user of our names and nothing else. Format:
 * https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/
 */
package io.github.maintainkubeusers.kubeconfig;
