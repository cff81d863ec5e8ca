/**
 * A pass, from directory to record: what should be, what is, the plan, its steps, and what came of
 * them.
 */
package io.github.maintainkubeusers.reconcile;
