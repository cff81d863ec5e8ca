/**
 * A Kubernetes client: the connection with its limits, calls on one kind of object, caches that
 * watches keep up to date, and leadership by a Lease. Knows no account.
 *
 * <p>{@code ClusterConnection} reaches the API server, {@code Resource} calls it, {@code
 * ObjectCache} holds the objects of one kind as small values, and a {@code Reflector} keeps it up
 * to date. {@code Failures} turns answers into {@code ClusterException}, the only one that leaves.
 */
package io.github.maintainkubeusers.kube;
