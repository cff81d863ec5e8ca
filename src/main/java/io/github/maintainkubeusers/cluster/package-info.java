/**
 * What the cluster holds of the accounts, and one class for each object that is managed in it.
 * Calls and caches are package {@code kube}'s.
 */
package io.github.maintainkubeusers.cluster;
