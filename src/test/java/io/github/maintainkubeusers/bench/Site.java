package io.github.maintainkubeusers.bench;

import com.unboundid.ldap.sdk.AddRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldif.LDIFException;
import io.github.maintainkubeusers.testing.ControlPlane;
import io.github.maintainkubeusers.testing.OpenLdapServer;
import io.github.maintainkubeusers.testing.OpenLdapServer.Admin;
import io.github.maintainkubeusers.testing.OpenLdapServer.Tool;
import io.github.maintainkubeusers.testing.User;
import io.github.maintainkubeusers.testing.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the program is measured: a control plane, OpenLDAP's server, homes, all of them real and on
 * this machine.
 */
final class Site implements AutoCloseable {
  /** The group of admins cannot be empty. */
  static final int ADMINS = 1;

  private static final int FIRST_UID = 100_000;
  private static final String LOCKED_AT = "pwdAccountLockedTime";

  private final ControlPlane plane;
  private final OpenLdapServer ldap;
  private final World world;
  private final Api api;
  private final Api likeProgram;
  private final LDAPConnection directory;
  private final Thread breakOff;

  private Site(ControlPlane plane, World world, OpenLdapServer ldap)
      throws IOException, LDAPException {
    this.plane = plane;
    this.world = world;
    this.ldap = ldap;
    this.api = new Api(plane.adminKubeconfig());
    this.likeProgram = new Api(world.kubeconfig());
    this.directory =
        new LDAPConnection("127.0.0.1", ldap.port(), ldap.managerDn(), ldap.password());
    world.writeLdapFile(ldap.ldapFile());
    this.breakOff = new Thread(plane::breakOff, "break off");
    Runtime.getRuntime().addShutdownHook(breakOff);
  }

  static Site open() {
    if (!OpenLdapServer.isInstalled()) {
      throw new IllegalStateException("OpenLDAP's slapd is needed (Debian: apt-get install slapd)");
    }
    Progress.say("Starting a control plane and an LDAP server");
    ControlPlane plane = ControlPlane.start();
    try {
      return open(plane, World.create(plane));
    } catch (IOException | LDAPException | RuntimeException e) {
      plane.close();
      throw new IllegalStateException("could not set up: " + e.getMessage(), e);
    }
  }

  private static Site open(ControlPlane plane, World world) throws IOException, LDAPException {
    OpenLdapServer ldap =
        OpenLdapServer.start(
            Files.createDirectory(plane.folder().resolve("openldap")),
            List.of(),
            List.of(new Admin("admin", uid(-1), world.adminHome("admin"))));
    try {
      return new Site(plane, world, ldap);
    } catch (IOException | LDAPException | RuntimeException e) {
      ldap.close();
      throw e;
    }
  }

  ControlPlane plane() {
    return plane;
  }

  World world() {
    return world;
  }

  OpenLdapServer ldap() {
    return ldap;
  }

  /** With the rights of an admin, for what is set up. */
  Api api() {
    return api;
  }

  /**
   * As the program's ServiceAccount, for what is measured beside the program: an admin's
   * certificate would spare the API server to check token and rights.
   */
  Api likeProgram() {
    return likeProgram;
  }

  /** The name of the tool with this number: all are of the same length. */
  static String name(int number) {
    return "bench-%05d".formatted(number);
  }

  static int uid(int number) {
    return User.isRoot() ? FIRST_UID + number : User.uid();
  }

  /** The path of the ConfigMap whose deletion asks for new credentials. */
  static String marker(int number) {
    return "/api/v1/namespaces/tool-" + name(number) + "/configmaps/maintain-kubeusers";
  }

  byte[] certificate(int number) {
    try {
      return Files.readAllBytes(home(number).resolve(".toolskube/client.crt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path home(int number) {
    return world.toolHome(name(number));
  }

  /** Tools with the numbers from the first to before the last. */
  void addTools(int first, int last) {
    IntStream.range(first, last).forEach(this::addTool);
  }

  void addTool(int number) {
    String ldif = OpenLdapServer.entry(new Tool(name(number), uid(number), home(number), false));
    attempt(() -> directory.add(new AddRequest(ldif.split("\n"))));
  }

  void lockTool(int number) {
    attempt(
        () ->
            directory.modify(
                dn(number),
                new Modification(ModificationType.REPLACE, LOCKED_AT, "000001010000Z")));
  }

  void unlockTool(int number) {
    attempt(
        () -> directory.modify(dn(number), new Modification(ModificationType.DELETE, LOCKED_AT)));
  }

  private static String dn(int number) {
    return "uid=tools." + name(number) + ",ou=people,ou=servicegroups,dc=wikimedia,dc=org";
  }

  private interface Change {
    Object make() throws LDAPException, LDIFException;
  }

  private static void attempt(Change change) {
    try {
      Object _ = change.make();
    } catch (LDAPException | LDIFException e) {
      throw new IllegalStateException("the directory refused: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(breakOff);
    } catch (IllegalStateException _) {
      return; // a signal is ending everything already
    }
    directory.close();
    api.close();
    likeProgram.close();
    ldap.close();
    plane.close();
  }
}
