/**
 * Who exists, as LDAP has it: a whole reading from one server, or an exception. The only package
 * that knows UnboundID.
 */
package io.github.maintainkubeusers.directory;
