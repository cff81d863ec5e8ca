/**
 * Private keys, signing requests and certificates. Names BouncyCastle; knows neither cluster nor
 * files.
 */
package io.github.maintainkubeusers.credential;
