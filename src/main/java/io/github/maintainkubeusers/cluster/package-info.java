/**
 * The Kubernetes cluster: what it holds of the accounts, kept in memory by watches, and one class
 * for each object that is managed in it. HTTP and the client library are known here alone.
 */
package io.github.maintainkubeusers.cluster;
