/**
 * What an operator can configure: one section for each concept, with defaults and bounds, read from
 * the two configuration files into the settings of the packages that use them.
 */
package io.github.maintainkubeusers.config;
