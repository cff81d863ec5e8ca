/** The try-out: everything local, walked through visibly. */
package io.github.maintainkubeusers.sandbox;
