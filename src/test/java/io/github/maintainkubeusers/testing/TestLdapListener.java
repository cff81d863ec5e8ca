package io.github.maintainkubeusers.testing;

import java.nio.file.Path;
import org.apache.directory.server.core.api.DirectoryService;
import org.apache.directory.server.ldap.LdapServer;
import org.apache.directory.server.ldap.handlers.extended.StartTlsHandler;
import org.apache.directory.server.protocol.shared.transport.TcpTransport;

/** The ports of the test server: one for LDAP with StartTLS, one for LDAPS. */
final class TestLdapListener {
  private final LdapServer server = new LdapServer();

  TestLdapListener(DirectoryService service, Path keystore, String password) {
    server.setDirectoryService(service);
    server.setKeystoreFile(keystore.toString());
    server.setCertificatePassword(password);
  }

  /**
   * @param sizeLimit 0 for none; the library's default is 100, for all but its own administrator
   */
  void start(int port, int ldapsPort, long sizeLimit) throws Exception {
    var ldaps = new TcpTransport("127.0.0.1", ldapsPort);
    ldaps.enableSSL(true);
    server.setTransports(new TcpTransport("127.0.0.1", port), ldaps);
    server.setMaxSizeLimit(sizeLimit);
    server.addExtendedOperationHandler(new StartTlsHandler());
    server.start();
  }

  void stop() {
    server.stop();
  }
}
