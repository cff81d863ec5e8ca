/**
 * YAML from people and from strangers: bounded, with positions, never quoted in a message. A
 * document is a tree that can be edited; what is not edited keeps its bytes. {@link ConfigReader}
 * reads configuration files strictly. The only package that names the YAML library, which does
 * nothing but parse.
 */
package io.github.maintainkubeusers.yaml;
