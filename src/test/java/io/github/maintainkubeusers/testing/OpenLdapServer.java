package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenLDAP's slapd, where it is installed, with Toolforge's layout: another implementation than the
 * usual test server.
 */
public final class OpenLdapServer implements AutoCloseable {
  private static final Path SLAPD = Path.of("/usr/sbin/slapd");
  private static final String BIND_DN = "uid=proxyagent,ou=profile,dc=wikimedia,dc=org";
  private static final String PASSWORD = "open-sesame";
  private static final String MANAGER_DN = "cn=manager,dc=wikimedia,dc=org";

  private final ServerProcess process;
  private final int port;

  /** An entry of a tool. */
  public record Tool(String name, int uid, Path home, boolean locked) {}

  /** An entry of a person who is an admin. */
  public record Admin(String name, int uid, Path home) {}

  private OpenLdapServer(ServerProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  public static boolean isInstalled() {
    return Files.isExecutable(SLAPD);
  }

  public static OpenLdapServer start(Path folder, List<Tool> tools, List<Admin> admins) {
    return start(folder, tools, admins, "read");
  }

  /**
   * @param right of the bind DN: with {@code search} alone its searches succeed and find nothing
   */
  public static OpenLdapServer start(
      Path folder, List<Tool> tools, List<Admin> admins, String right) {
    try {
      Path configuration = folder.resolve("slapd.conf");
      Files.createDirectories(folder.resolve("db"));
      Files.writeString(configuration, configuration(folder.resolve("db"), right));
      Files.writeString(folder.resolve("data.ldif"), data(tools, admins));
      ServerProcess loader =
          ServerProcess.start(
              folder,
              "slapadd",
              List.of(
                  "/usr/sbin/slapadd",
                  "-q",
                  "-f",
                  configuration.toString(),
                  "-l",
                  folder + "/data.ldif"));
      loader.awaitEnd(Duration.ofSeconds(30));
      int port = FreePorts.next();
      ServerProcess process =
          ServerProcess.start(
              folder,
              "slapd",
              List.of(
                  SLAPD.toString(),
                  "-f",
                  configuration.toString(),
                  "-h",
                  "ldap://127.0.0.1:" + port,
                  "-d",
                  "0"));
      process.await(() -> ControlPlane.isOpen(port), Duration.ofSeconds(30));
      return new OpenLdapServer(process, port);
    } catch (IOException e) {
      throw new UncheckedIOException("could not start slapd", e);
    }
  }

  /** The connection file for it. */
  public String ldapFile() {
    return "servers: [\"ldap://127.0.0.1:"
        + port
        + "\"]\nuser: "
        + BIND_DN
        + "\npassword: "
        + PASSWORD
        + "\n";
  }

  public int port() {
    return port;
  }

  /** Who reads it, as the program does. */
  public String bindDn() {
    return BIND_DN;
  }

  /** Who may write to it. */
  public String managerDn() {
    return MANAGER_DN;
  }

  /** Of both. */
  public String password() {
    return PASSWORD;
  }

  @Override
  public void close() {
    process.close();
  }

  private static String configuration(Path database, String right) {
    return """
    include /etc/ldap/schema/core.schema
    include /etc/ldap/schema/cosine.schema
    include /etc/ldap/schema/inetorgperson.schema
    attributetype ( 1.3.6.1.1.1.1.3 NAME 'homeDirectory' EQUALITY caseExactIA5Match
      SYNTAX 1.3.6.1.4.1.1466.115.121.1.26 SINGLE-VALUE )
    objectclass ( 1.3.6.1.1.1.2.0 NAME 'posixAccount' SUP top AUXILIARY
      MUST ( cn $ uid $ uidNumber $ gidNumber $ homeDirectory ) )
    objectclass ( 1.3.6.1.1.1.2.2 NAME 'posixGroup' SUP top AUXILIARY MUST gidNumber )
    modulepath /usr/lib/ldap
    moduleload back_mdb
    moduleload ppolicy
    database mdb
    suffix "dc=wikimedia,dc=org"
    directory "%s"
    maxsize 1073741824
    dbnosync
    rootdn "%s"
    rootpw %s
    limits dn.exact="%s" size.prtotal=unlimited
    access to attrs=userPassword by anonymous auth by * none
    access to * by dn.exact="%s" %s by * none
    overlay ppolicy
    """
        .formatted(database, MANAGER_DN, PASSWORD, BIND_DN, BIND_DN, right);
  }

  private static String data(List<Tool> tools, List<Admin> admins) {
    var entries = new ArrayList<String>();
    entries.add("dn: dc=wikimedia,dc=org\nobjectClass: domain\ndc: wikimedia\n");
    for (String unit : List.of("profile", "people", "servicegroups")) {
      entries.add(
          "dn: ou=%s,dc=wikimedia,dc=org\nobjectClass: organizationalUnit\nou: %s\n"
              .formatted(unit, unit));
    }
    entries.add(
        """
        dn: ou=people,ou=servicegroups,dc=wikimedia,dc=org
        objectClass: organizationalUnit
        ou: people
        """);
    entries.add(
        "dn: %s\nobjectClass: account\nobjectClass: simpleSecurityObject\nuid: proxyagent\nuserPassword: %s\n"
            .formatted(BIND_DN, PASSWORD));
    tools.forEach(tool -> entries.add(entry(tool)));
    admins.forEach(admin -> entries.add(entry(admin)));
    var group =
        new StringBuilder(
            """
            dn: cn=tools.admin,ou=servicegroups,dc=wikimedia,dc=org
            objectClass: groupOfNames
            objectClass: posixGroup
            cn: tools.admin
            gidNumber: 50000
            """);
    admins.forEach(
        admin ->
            group.append("member: uid=%s,ou=people,dc=wikimedia,dc=org%n".formatted(admin.name())));
    entries.add(group.toString());
    return String.join("\n", entries);
  }

  /** As LDIF. */
  public static String entry(Tool tool) {
    return """
    dn: uid=tools.%1$s,ou=people,ou=servicegroups,dc=wikimedia,dc=org
    objectClass: inetOrgPerson
    objectClass: posixAccount
    uid: tools.%1$s
    cn: tools.%1$s
    sn: tools.%1$s
    uidNumber: %2$d
    gidNumber: %2$d
    homeDirectory: %3$s
    %4$s\
    """
        .formatted(
            tool.name(),
            tool.uid(),
            tool.home(),
            tool.locked() ? "pwdAccountLockedTime: 000001010000Z\n" : "");
  }

  private static String entry(Admin admin) {
    return """
    dn: uid=%1$s,ou=people,dc=wikimedia,dc=org
    objectClass: inetOrgPerson
    objectClass: posixAccount
    uid: %1$s
    cn: %1$s
    sn: %1$s
    uidNumber: %2$d
    gidNumber: %2$d
    homeDirectory: %3$s
    """
        .formatted(admin.name(), admin.uid(), admin.home());
  }
}
