package io.github.maintainkubeusers.testing;

import static java.util.stream.Collectors.joining;

import java.util.stream.Stream;

/** Entries by RFC 2307, as LDIF. */
public final class Rfc2307 {
  public static final String PEOPLE = "ou=people," + RealDirectory.BASE;
  public static final String GROUPS = "ou=groups," + RealDirectory.BASE;
  public static final String READER = "cn=reader," + RealDirectory.BASE;
  public static final String PASSWORD = "secret";

  private Rfc2307() {}

  public static String units() {
    return Stream.of("people", "groups")
        .map(
            name ->
                """

                dn: ou=%1$s,%2$s
                objectClass: organizationalUnit
                ou: %1$s
                """
                    .formatted(name, RealDirectory.BASE))
        .collect(joining());
  }

  public static String dn(String uid) {
    return "uid=" + uid + "," + PEOPLE;
  }

  /** With the password {@code password of UID}. */
  public static String user(String uid, int uidNumber, int gidNumber, String home) {
    return """

    dn: %1$s
    objectClass: account
    objectClass: posixAccount
    objectClass: shadowAccount
    uid: %2$s
    cn: %2$s
    uidNumber: %3$d
    gidNumber: %4$d
    homeDirectory: %5$s
    userPassword: password of %2$s
    """
        .formatted(dn(uid), uid, uidNumber, gidNumber, home);
  }

  public static String groupOfNames(String name, String... uids) {
    return group(name, "posixGroup") + "gidNumber: 900\n" + lines("memberUid", uids);
  }

  public static String groupOfDns(String name, String... members) {
    return group(name, "groupOfNames") + lines("member", members);
  }

  public static String modify(String uid, String change) {
    return "\ndn: " + dn(uid) + "\nchangetype: modify\n" + change + "\n";
  }

  private static String group(String name, String objectClass) {
    return "\ndn: cn="
        + name
        + ","
        + GROUPS
        + "\nobjectClass: "
        + objectClass
        + "\ncn: "
        + name
        + "\n";
  }

  private static String lines(String attribute, String... values) {
    return Stream.of(values).map(value -> attribute + ": " + value + "\n").collect(joining());
  }
}
