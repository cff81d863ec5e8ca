package io.github.maintainkubeusers.sandbox;

import io.github.maintainkubeusers.testing.ActiveDirectory;
import io.github.maintainkubeusers.testing.FreeIpa;
import io.github.maintainkubeusers.testing.RealDirectory;
import io.github.maintainkubeusers.testing.RealDirectory.Make;
import io.github.maintainkubeusers.testing.Rfc2307;
import io.github.maintainkubeusers.testing.World;

/** Servers as others run them, with entries as the examples of docs/directories.md expect them. */
enum RealLayout {
  FREEIPA(Make.DS389, "freeipa", FreeIpa.READER, FreeIpa.PASSWORD) {
    @Override
    String start() {
      return FreeIpa.tree();
    }

    @Override
    String tool(String name, int uid, int gid, String home) {
      return FreeIpa.user("svc-" + name, uid, gid, home);
    }

    @Override
    String admin(String name, int uid, int gid, String home) {
      return FreeIpa.user(name, uid, gid, home)
          + FreeIpa.group("k8s-admins", "uid=" + name + "," + FreeIpa.USERS);
    }

    @Override
    String dn(String name) {
      return "uid=svc-" + name + "," + FreeIpa.USERS;
    }
  },
  AD(Make.SAMBA, "ad", ActiveDirectory.READER, ActiveDirectory.PASSWORD) {
    private static final String TOOLS = "CN=k8s-tools," + ActiveDirectory.USERS;

    @Override
    String start() {
      return ActiveDirectory.reader() + ActiveDirectory.group("k8s-tools");
    }

    @Override
    String tool(String name, int uid, int gid, String home) {
      return user(name, uid, gid, home)
          + "\ndn: "
          + TOOLS
          + "\nchangetype: modify\nadd: member\nmember: "
          + dn(name)
          + "\n";
    }

    @Override
    String admin(String name, int uid, int gid, String home) {
      return user(name, uid, gid, home) + ActiveDirectory.group("k8s-admins", dn(name));
    }

    @Override
    String dn(String name) {
      return "CN=" + name + "," + ActiveDirectory.USERS;
    }

    private static String user(String name, int uid, int gid, String home) {
      return ActiveDirectory.user(
          name, name, uid, gid, home, "userAccountControl: " + ActiveDirectory.NORMAL);
    }
  },
  RFC2307(Make.OPENLDAP, "rfc2307", Rfc2307.READER, Rfc2307.PASSWORD) {
    @Override
    String start() {
      return Rfc2307.units();
    }

    @Override
    String tool(String name, int uid, int gid, String home) {
      return Rfc2307.user("svc-" + name, uid, gid, home);
    }

    @Override
    String admin(String name, int uid, int gid, String home) {
      return Rfc2307.user(name, uid, gid, home) + Rfc2307.groupOfNames("k8s-admins", name);
    }

    @Override
    String dn(String name) {
      return Rfc2307.dn("svc-" + name);
    }
  };

  private final Make make;
  private final String layout;
  private final String reader;
  private final String password;

  RealLayout(Make make, String layout, String reader, String password) {
    this.make = make;
    this.layout = layout;
    this.reader = reader;
    this.password = password;
  }

  Make make() {
    return make;
  }

  /** Has the program read this server as the example says. */
  void configure(World world, RealDirectory server) {
    server.change(start());
    world.connect(server, layout, reader, password);
  }

  /** What there is before any account, as LDIF. */
  abstract String start();

  abstract String tool(String name, int uid, int gid, String home);

  /** With the group of admins. */
  abstract String admin(String name, int uid, int gid, String home);

  /** Of a tool. */
  abstract String dn(String name);
}
