/**
 * Real servers and clients for the tests and the sandbox: a control plane, an LDAP server, kubectl.
 */
package io.github.maintainkubeusers.testing;
