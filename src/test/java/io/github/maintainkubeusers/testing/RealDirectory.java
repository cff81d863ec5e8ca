package io.github.maintainkubeusers.testing;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldif.LDIFChangeRecord;
import com.unboundid.ldif.LDIFException;
import com.unboundid.ldif.LDIFReader;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A directory server of somebody else's make, started by a script of {@code dev/directories} where
 * it is installed.
 */
public final class RealDirectory implements AutoCloseable {
  public static final String BASE = "dc=example,dc=org";

  /** From nothing; Samba and 389 Directory Server are made in 10 to 20 s on an idle machine. */
  private static final Duration READY = Duration.ofMinutes(3);

  private final Path folder;
  private final Make make;
  private final List<String> command;
  private final InetSocketAddress plain;
  private final String url;
  private ServerProcess process;

  /** Which server. */
  public enum Make {
    DS389("389ds", "/usr/sbin/ns-slapd", "cn=Directory Manager", "DirectoryManager1"),
    SAMBA("samba", "/usr/sbin/samba", "Administrator@example.org", "Passw0rd.123"),
    OPENLDAP("openldap", "/usr/sbin/slapd", "cn=admin,dc=example,dc=org", "secret");

    private final String script;
    private final Path binary;
    private final String manager;
    private final String password;

    Make(String script, String binary, String manager, String password) {
      this.script = script;
      this.binary = Path.of(binary);
      this.manager = manager;
      this.password = password;
    }

    /**
     * Samba listens on the ports of old, and 389 Directory Server's configuration is not for others
     * to read.
     */
    public boolean canRun() {
      return Files.isExecutable(binary)
          && Files.isExecutable(Path.of("/usr/bin/openssl"))
          && (this == OPENLDAP || User.isRoot());
    }

    /** Why a test is left out. */
    public String absence() {
      return binary
          + " or openssl is not installed"
          + (this == OPENLDAP ? "" : ", or this is not root");
    }
  }

  private RealDirectory(
      Make make, Path folder, List<String> arguments, InetSocketAddress plain, String url) {
    this.make = make;
    this.folder = folder;
    this.plain = plain;
    this.url = url;
    this.command =
        new ArrayList<>(
            List.of(
                Path.of("dev/directories", make.script).toAbsolutePath().toString(),
                data().toString()));
    command.addAll(arguments);
  }

  public static RealDirectory start(Make make) {
    Path folder = Leftovers.newFolder("directory");
    int port = FreePorts.next();
    int secure = FreePorts.next();
    // The whole of 127.0.0.0/8 is this machine: an address of its own for each, because the ports
    // are given.
    String address = "127.77." + (port >> 8) + "." + ((port & 0xff) | 1);
    RealDirectory directory =
        switch (make) {
          case DS389 ->
              new RealDirectory(
                  make,
                  folder,
                  List.of("" + port, "" + secure),
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                  "ldaps://localhost:" + secure);
          case SAMBA ->
              new RealDirectory(
                  make,
                  folder,
                  List.of(address),
                  new InetSocketAddress(InetAddress.ofLiteral(address), 389),
                  "ldaps://" + address);
          case OPENLDAP ->
              new RealDirectory(
                  make,
                  folder,
                  List.of("" + port),
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                  "ldap://127.0.0.1:" + port);
        };
    try {
      // What servers that give up root's rights keep below it.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    directory.restart();
    return directory;
  }

  /** As a client names it, with TLS where the server has it. */
  public String url() {
    return url;
  }

  /** The same without TLS. */
  public String plainUrl() {
    return "ldap://" + plain.getHostString() + ":" + plain.getPort();
  }

  /** The certificate of the server's authority, as PEM, where it has TLS. */
  public Optional<Path> ca() {
    return Optional.of(data().resolve("ca.crt")).filter(Files::exists);
  }

  /** Starts it, also anew with what it had when it ended. */
  public void restart() {
    process = ServerProcess.start(folder, make.script, command);
    process.await(() -> Files.exists(data().resolve("made")) && isOpen(), READY);
  }

  public void kill() {
    process.kill();
  }

  /** Makes changes, written as LDIF; an entry without a change type is added. */
  public void change(String ldif) {
    try (LDAPConnection connection = connect();
        var lines =
            new LDIFReader(new ByteArrayInputStream(ldif.getBytes(StandardCharsets.UTF_8)))) {
      connection.bind(make.manager, make.password);
      for (LDIFChangeRecord change = lines.readChangeRecord(true);
          change != null;
          change = lines.readChangeRecord(true)) {
        change.processChange(connection);
      }
    } catch (LDAPException | LDIFException | IOException e) {
      throw new IllegalStateException(
          "could not change the entries of " + make.script + ": " + e.getMessage(), e);
    }
  }

  /** Whether the server takes the password. */
  public boolean canBind(String dn, String tried) {
    try (LDAPConnection connection = connect()) {
      return connection.bind(dn, tried).getResultCode().equals(ResultCode.SUCCESS);
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.INVALID_CREDENTIALS)) {
        return false;
      }
      throw new IllegalStateException("could not bind to " + make.script, e);
    }
  }

  private LDAPConnection connect() throws LDAPException {
    if (make != Make.SAMBA) {
      return new LDAPConnection(plain.getHostString(), plain.getPort());
    }
    try {
      var tls = new SSLUtil(new PEMFileTrustManager(ca().orElseThrow().toFile()));
      return new LDAPConnection(tls.createSSLSocketFactory(), plain.getHostString(), 636);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isOpen() {
    try (var socket = new Socket()) {
      socket.connect(plain, 1000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  @Override
  public void close() {
    process.close();
    Leftovers.end(folder);
  }
}
