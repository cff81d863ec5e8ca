/** Lets gateways ask about certificates that their clients show. */
package io.github.maintainkubeusers.gateway;
