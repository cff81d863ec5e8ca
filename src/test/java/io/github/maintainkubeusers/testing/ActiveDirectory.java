package io.github.maintainkubeusers.testing;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Stream;

/** Entries as Active Directory has them, as LDIF. */
public final class ActiveDirectory {
  public static final String USERS = "CN=Users," + RealDirectory.BASE;
  public static final String READER = "reader@example.org";
  public static final String PASSWORD = "Reader-Passw0rd.1";

  /** As a flag of userAccountControl. */
  public static final int NORMAL = 512;

  public static final int DISABLED = 514;

  private ActiveDirectory() {}

  /** An account that may read everything, as every account may. */
  public static String reader() {
    byte[] quoted = ("\"" + PASSWORD + "\"").getBytes(StandardCharsets.UTF_16LE);
    return """

    dn: CN=Reader of Kubernetes,%s
    objectClass: user
    sAMAccountName: reader
    userPrincipalName: %s
    unicodePwd:: %s
    userAccountControl: 512
    """
        .formatted(USERS, READER, Base64.getEncoder().encodeToString(quoted));
  }

  /**
   * @param more lines
   */
  public static String user(
      String cn, String account, int uidNumber, int gidNumber, String home, String... more) {
    return """

    dn: CN=%1$s,%2$s
    objectClass: user
    sAMAccountName: %3$s
    uidNumber: %4$d
    gidNumber: %5$d
    unixHomeDirectory: %6$s
    """
            .formatted(cn, USERS, account, uidNumber, gidNumber, home)
        + Stream.of(more).map(line -> line + "\n").collect(joining());
  }

  /**
   * @param members DNs
   */
  public static String group(String name, String... members) {
    return "\ndn: CN="
        + name
        + ","
        + USERS
        + "\nobjectClass: group\nsAMAccountName: "
        + name
        + "\n"
        + Stream.of(members).map(member -> "member: " + member + "\n").collect(joining());
  }

  /**
   * @param line an attribute with its value
   */
  public static String replace(String cn, String line) {
    return "\ndn: CN="
        + cn
        + ","
        + USERS
        + "\nchangetype: modify\nreplace: "
        + line.split(":", 2)[0]
        + "\n"
        + line
        + "\n";
  }
}
