package io.github.maintainkubeusers.sandbox;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.World;

/** Laid out as Toolforge's, on an LDAP server in this process. */
record ToolforgeDirectory(TestLdapServer server) implements SandboxDirectory {
  ToolforgeDirectory {
    requireNonNull(server, "server is null");
  }

  @Override
  public String url() {
    return server.url();
  }

  @Override
  public void addTool(World world, String name, int uid) {
    world.addTool(name, uid);
  }

  @Override
  public void removeTool(World world, String name) {
    server.removeTool(name);
  }

  @Override
  public void addAdmin(World world, String name, int uid) {
    world.addAdmins(uid, name);
  }
}
