package io.github.maintainkubeusers.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.directory.api.ldap.model.entry.DefaultModification;
import org.apache.directory.api.ldap.model.entry.Modification;
import org.apache.directory.api.ldap.model.entry.ModificationOperation;
import org.apache.directory.api.ldap.model.exception.LdapException;
import org.apache.directory.api.ldap.model.ldif.LdifReader;
import org.apache.directory.api.ldap.model.name.Dn;

/**
 * An LDAP server on loopback with Toolforge's layout and nothing in it but the folders, a service
 * user and an admin group without members. Its threads keep the JVM alive until it is closed. It
 * speaks LDAP, StartTLS and LDAPS, with a certificate for {@code localhost} and 127.0.0.1.
 */
public final class TestLdapServer implements AutoCloseable {
  public static final String SUFFIX = "dc=wikimedia,dc=org";
  public static final String TOOLS = "ou=people,ou=servicegroups," + SUFFIX;
  public static final String GROUPS = "ou=servicegroups," + SUFFIX;
  public static final String PEOPLE = "ou=people," + SUFFIX;
  private static final String ADMIN_GROUP = "cn=tools.admin," + GROUPS;
  private static final String BIND_DN = "uid=proxyagent,ou=profile," + SUFFIX;
  private static final String PASSWORD = "open sesame, and then some";
  private static final String LOCKED_AT = "pwdAccountLockedTime";
  private static final String POLICY = "pwdPolicySubentry";

  private final TestLdapBackend backend;
  private final Authority authority;
  private final Path keystore;
  private final int port;
  private final int ldapsPort;
  private final List<Dn> referrals = new ArrayList<>();
  private long sizeLimit;
  private TestLdapListener listener;

  private TestLdapServer(Path folder, int port, int ldapsPort) throws Exception {
    Files.createDirectories(folder);
    this.authority = Authority.create(folder, "ldap-ca").issue("ldap", "CN=test LDAP server");
    this.keystore = folder.resolve("ldap.p12");
    this.port = port;
    this.ldapsPort = ldapsPort;
    TestKeystore.write(keystore, PASSWORD, folder.resolve("ldap.key"), folder.resolve("ldap.crt"));
    backend = new TestLdapBackend(folder, SUFFIX);
    layOut();
    restart();
  }

  /**
   * Starts a server on two free ports, keeping its files in the folder, which is made when missing.
   */
  public static TestLdapServer start(Path folder) {
    int[] ports = {FreePorts.next(), FreePorts.next()};
    return start(folder, ports[0], ports[1]);
  }

  public static TestLdapServer start(Path folder, int port, int ldapsPort) {
    try {
      return new TestLdapServer(folder, port, ldapsPort);
    } catch (Exception e) {
      throw new IllegalStateException("could not start the LDAP server in " + folder + ": " + e, e);
    }
  }

  public int port() {
    return port;
  }

  public int ldapsPort() {
    return ldapsPort;
  }

  public String url() {
    return "ldap://localhost:" + port;
  }

  public String ldapsUrl() {
    return "ldaps://localhost:" + ldapsPort;
  }

  public String bindDn() {
    return BIND_DN;
  }

  public String password() {
    return PASSWORD;
  }

  /** The certificate of the authority that signed the server's, as PEM. */
  public Path caFile() {
    return authority.certificate();
  }

  public void addTool(String name, int uid, String home) {
    attempt(() -> backend.add(toolDn(name), person("tools." + name, uid, home)));
  }

  /** Adds tools named PREFIX0, PREFIX1 and so on, with user ids from {@code firstUid} on. */
  public void addTools(String prefix, int count, int firstUid) {
    for (int i = 0; i < count; i++) {
      addTool(prefix + i, firstUid + i, "/data/project/" + prefix + i);
    }
  }

  public void removeTool(String name) {
    remove(toolDn(name));
  }

  /** Locks as an administrator does it: for ever, and with a policy of its own. */
  public void lockTool(String name) {
    lock(toolDn(name));
  }

  public void unlockTool(String name) {
    unlock(toolDn(name));
  }

  public void addPerson(String uid, int uidNumber, String home) {
    attempt(() -> backend.add(personDn(uid), person(uid, uidNumber, home)));
  }

  public void removePerson(String uid) {
    remove(personDn(uid));
  }

  public void lockPerson(String uid) {
    lock(personDn(uid));
  }

  public void unlockPerson(String uid) {
    unlock(personDn(uid));
  }

  /** Makes these people the members of the admin group, whether they have entries or not. */
  public void setAdmins(String... uids) {
    var ldif =
        new StringBuilder(
            "dn: "
                + ADMIN_GROUP
                + "\n"
                + "objectClass: groupOfNames\n"
                + "objectClass: posixGroup\n"
                + "cn: tools.admin\n"
                + "gidNumber: 500\n");
    for (String uid : uids) {
      ldif.append("member: ").append(personDn(uid)).append('\n');
    }
    removeAdminGroup();
    addRaw(ldif.toString());
  }

  public void removeAdminGroup() {
    attempt(
        () -> {
          if (backend.has(ADMIN_GROUP)) {
            remove(ADMIN_GROUP);
          }
        });
  }

  /** Adds entries in LDIF without looking at the schema. */
  public void addRaw(String ldif) {
    attempt(
        () -> {
          try (var reader = new LdifReader()) {
            for (var entry : reader.parseLdif(ldif)) {
              backend.addUnchecked(entry.getEntry());
            }
          }
        });
  }

  /** Adds an entry that says where the entries below it are. */
  public void addReferral(String dn, String url) {
    attempt(
        () -> {
          backend.add(dn, "objectClass: referral", "objectClass: extensibleObject", "ref: " + url);
          referrals.add(new Dn(dn));
        });
  }

  public void remove(String dn) {
    attempt(() -> backend.remove(dn, LOCKED_AT, POLICY));
  }

  /** Back to what was there at the start. */
  public void clear() {
    attempt(
        () -> {
          for (Dn referral : referrals) {
            backend.session().delete(referral, true);
          }
          referrals.clear();
          backend.clear();
          layOut();
        });
  }

  /**
   * Answers no search with more than this many entries, pages or not; 0 for any number. Takes a
   * restart.
   */
  public void setSizeLimit(long limit) {
    sizeLimit = limit;
    stop();
    restart();
  }

  /** Closes the ports and every connection; the entries stay. */
  public void stop() {
    if (listener != null) {
      listener.stop();
      listener = null;
    }
  }

  /** Opens the same ports again. */
  public void restart() {
    if (listener != null) {
      throw new IllegalStateException("the server is running");
    }
    var made = new TestLdapListener(backend.service(), keystore, PASSWORD);
    attempt(() -> made.start(port, ldapsPort, sizeLimit));
    listener = made;
  }

  @Override
  public void close() {
    stop();
    attempt(backend::stop);
  }

  private void layOut() throws LdapException {
    backend.add(SUFFIX, "objectClass: domain", "dc: wikimedia");
    for (String folder : List.of(GROUPS, TOOLS, PEOPLE, "ou=profile," + SUFFIX)) {
      backend.add(folder, "objectClass: organizationalUnit");
    }
    backend.add(
        BIND_DN,
        "objectClass: account",
        "objectClass: simpleSecurityObject",
        "userPassword: " + PASSWORD);
    setAdmins();
  }

  private static Object[] person(String uid, int uidNumber, String home) {
    return new Object[] {
      "objectClass: person",
      "objectClass: posixAccount",
      "objectClass: shadowAccount",
      "uid: " + uid,
      "cn: " + uid,
      "sn: " + uid,
      "uidNumber: " + uidNumber,
      "gidNumber: " + uidNumber,
      "homeDirectory: " + home
    };
  }

  private void lock(String dn) {
    modify(
        dn,
        new DefaultModification(
            ModificationOperation.REPLACE_ATTRIBUTE, LOCKED_AT, "000001010000Z"),
        new DefaultModification(
            ModificationOperation.REPLACE_ATTRIBUTE, POLICY, "cn=disabled,ou=ppolicies," + SUFFIX));
  }

  private void unlock(String dn) {
    modify(
        dn,
        new DefaultModification(ModificationOperation.REMOVE_ATTRIBUTE, LOCKED_AT),
        new DefaultModification(ModificationOperation.REMOVE_ATTRIBUTE, POLICY));
  }

  private void modify(String dn, Modification... changes) {
    attempt(() -> backend.session().modify(new Dn(dn), changes));
  }

  private static String toolDn(String name) {
    return "uid=tools." + name + "," + TOOLS;
  }

  private static String personDn(String uid) {
    return "uid=" + uid + "," + PEOPLE;
  }

  private interface Attempt {
    void run() throws Exception;
  }

  private static void attempt(Attempt attempt) {
    try {
      attempt.run();
    } catch (Exception e) {
      throw new IllegalStateException("the LDAP server refused: " + e.getMessage(), e);
    }
  }
}
