/**
 * What a tool's namespace contains: bundled templates, an operator's own, and what single tools
 * have differently.
 */
package io.github.maintainkubeusers.template;
