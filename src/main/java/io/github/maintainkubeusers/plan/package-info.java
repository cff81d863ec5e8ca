/**
 * Decides what is to be done: pure functions from what should be and what is to steps. Knows
 * neither cluster nor clock, so that what {@code plan} prints is what a pass does.
 */
package io.github.maintainkubeusers.plan;
