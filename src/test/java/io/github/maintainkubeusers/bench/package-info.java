/**
 * What this program costs, measured beside what the servers and the machine can do: {@code
 * bin/bench}.
 */
package io.github.maintainkubeusers.bench;
