/**
 * Who an account is, and what is recorded of it: values that validate themselves. Imports the JDK
 * alone.
 */
package io.github.maintainkubeusers.account;
