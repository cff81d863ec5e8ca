/**
 * Looks at certificates wherever they are, and says what is wrong with them and what to do. Rules
 * and reports are pure; {@link io.github.maintainkubeusers.certificates.Handshake} alone opens
 * connections.
 */
package io.github.maintainkubeusers.certificates;
