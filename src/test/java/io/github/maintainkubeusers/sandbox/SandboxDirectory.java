package io.github.maintainkubeusers.sandbox;

import io.github.maintainkubeusers.testing.World;

/** Whose LDAP server the sandbox has, and how its entries are changed. */
interface SandboxDirectory {
  String url();

  void addTool(World world, String name, int uid);

  void removeTool(World world, String name);

  void addAdmin(World world, String name, int uid);
}
