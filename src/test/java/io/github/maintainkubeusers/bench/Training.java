package io.github.maintainkubeusers.bench;

import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.StartUpCache;
import io.github.maintainkubeusers.testing.TestLdapServer;
import io.github.maintainkubeusers.testing.World;
import java.nio.file.Path;

/** A program: makes the start-up cache, with a control plane and an LDAP server of its own. */
final class Training {
  private Training() {}

  public static void main(String[] arguments) {
    try (ControlPlane plane = ControlPlane.start();
        TestLdapServer ldap = TestLdapServer.start(plane.folder().resolve("ldap"))) {
      StartUpCache.make(World.create(plane, ldap), Path.of(arguments[0]));
    }
    System.exit(0);
  }
}
