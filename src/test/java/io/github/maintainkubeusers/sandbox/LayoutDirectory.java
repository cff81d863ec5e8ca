package io.github.maintainkubeusers.sandbox;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.testing.RealDirectory;
import io.github.maintainkubeusers.testing.User;
import io.github.maintainkubeusers.testing.World;

/** A real server of a layout that is not Toolforge's. */
record LayoutDirectory(RealLayout layout, RealDirectory server) implements SandboxDirectory {
  /** Of the group that all tools share, as in many directories. */
  private static final int GROUP = 40_001;

  LayoutDirectory {
    requireNonNull(layout, "layout is null");
    requireNonNull(server, "server is null");
  }

  @Override
  public String url() {
    return server.url();
  }

  @Override
  public void addTool(World world, String name, int uid) {
    world.awaitEmpty();
    server.change(layout.tool(name, id(uid), id(GROUP), world.toolHome(name).toString()));
  }

  @Override
  public void removeTool(World world, String name) {
    server.change("\ndn: " + layout.dn(name) + "\nchangetype: delete\n");
  }

  @Override
  public void addAdmin(World world, String name, int uid) {
    server.change(layout.admin(name, id(uid), id(uid), world.adminHome(name).toString()));
  }

  /** Whoever is not root can only make homes of their own. */
  private static int id(int number) {
    return User.isRoot() ? number : User.uid();
  }
}
