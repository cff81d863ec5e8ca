package io.github.maintainkubeusers.testing;

import static java.util.stream.Collectors.joining;

import java.util.stream.Stream;

/** Entries as FreeIPA lays them out, as LDIF. */
public final class FreeIpa {
  public static final String USERS = "cn=users,cn=accounts," + RealDirectory.BASE;
  public static final String GROUPS = "cn=groups,cn=accounts," + RealDirectory.BASE;
  public static final String READER = "uid=reader,cn=sysaccounts,cn=etc," + RealDirectory.BASE;
  public static final String PASSWORD = "reader-password";

  private FreeIpa() {}

  /** The branches, and a system account that may read all of them. */
  public static String tree() {
    return Stream.of(
                "cn=accounts",
                "cn=users,cn=accounts",
                "cn=groups,cn=accounts",
                "cn=etc",
                "cn=sysaccounts,cn=etc")
            .map(
                rdn ->
                    """

                    dn: %s,%s
                    objectClass: nsContainer
                    """
                        .formatted(rdn, RealDirectory.BASE))
            .collect(joining())
        + """

        dn: %s
        objectClass: account
        objectClass: simpleSecurityObject
        uid: reader
        userPassword: %s

        dn: %s
        changetype: modify
        add: aci
        aci: (targetattr="*")(version 3.0; acl "reader"; allow (read,search,compare) userdn="ldap:///%s";)
        """
            .formatted(READER, PASSWORD, RealDirectory.BASE, READER);
  }

  public static String user(String uid, int uidNumber, int gidNumber, String home) {
    return """

    dn: uid=%1$s,%2$s
    objectClass: inetOrgPerson
    objectClass: posixAccount
    objectClass: krbPrincipalAux
    uid: %1$s
    cn: %1$s
    sn: %1$s
    uidNumber: %3$d
    gidNumber: %4$d
    homeDirectory: %5$s
    """
        .formatted(uid, USERS, uidNumber, gidNumber, home);
  }

  /**
   * @param members DNs
   */
  public static String group(String name, String... members) {
    return "\ndn: cn="
        + name
        + ","
        + GROUPS
        + "\nobjectClass: groupOfNames\ncn: "
        + name
        + "\n"
        + Stream.of(members).map(member -> "member: " + member + "\n").collect(joining());
  }

  /**
   * @param line an attribute with its value
   */
  public static String replace(String uid, String line) {
    return change(uid, "replace: " + attribute(line) + "\n" + line);
  }

  public static String remove(String uid, String line) {
    return change(uid, "delete: " + attribute(line));
  }

  private static String change(String uid, String change) {
    return "\ndn: uid=" + uid + "," + USERS + "\nchangetype: modify\n" + change + "\n";
  }

  private static String attribute(String line) {
    return line.split(":", 2)[0];
  }
}
