/**
 * Operations on homes, which belong to somebody else. Everything below a home is done with its owner's own filesystem
 * identity, by descriptor and by name within the home; paths are never handed around.
 */
package io.github.maintainkubeusers.home;
