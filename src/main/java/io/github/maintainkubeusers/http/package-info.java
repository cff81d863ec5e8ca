/** A small server that stays reachable, whoever else connects. */
package io.github.maintainkubeusers.http;
