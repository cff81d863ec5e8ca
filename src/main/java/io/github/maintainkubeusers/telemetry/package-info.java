/** What others can see of the controller: metrics, health, and events for people. */
package io.github.maintainkubeusers.telemetry;
