/** The program: command line, configuration, wiring and schedule. */
package io.github.maintainkubeusers.app;
