package io.github.maintainkubeusers.directory;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.extensions.StartTLSExtendedRequest;
import com.unboundid.ldap.sdk.schema.Schema;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One conversation with one server: connected, protected and bound. */
final class ServerConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

  private final LdapServer server;
  private final LdapSettings settings;
  private final LDAPConnection connection;

  ServerConnection(LdapServer server, LdapSettings settings) {
    this.server = server;
    this.settings = settings;
    this.connection = new LDAPConnection(options(settings.timeouts()));
  }

  /** Does all that comes before the first search. */
  void open() {
    if (server.security() == TransportSecurity.NONE) {
      connect();
    } else {
      // Half of it, so that a silent server is known for that before the library gives up the
      // whole.
      SSLSocketFactory tls =
          new CheckedTls(
              Trust.socketFactory(settings.trustedCa()),
              Math.max(1, millis(settings.timeouts().connect()) / 2));
      if (server.security() == TransportSecurity.LDAPS) {
        connection.setSocketFactory(tls);
        connect();
      } else {
        connect();
        startTls(tls);
      }
    }
    settings.bind().ifPresent(this::bind);
  }

  /** Nothing where the server does not show it, which it need not. */
  Optional<Schema> schema() {
    try {
      return Optional.ofNullable(connection.getSchema())
          .filter(schema -> !schema.getAttributeTypes().isEmpty());
    } catch (LDAPException e) {
      LOG.debug("could not read the schema of {}", server, e);
      return Optional.empty();
    }
  }

  PagedSearch search() {
    return new PagedSearch(connection, server, settings);
  }

  @Override
  public void close() {
    connection.close();
  }

  private void connect() {
    try {
      connection.connect(server.host(), server.port());
    } catch (LDAPException e) {
      throw new DirectoryException(
          "could not connect to " + server + ": " + LdapFault.reason(e), e);
    }
  }

  private void startTls(SSLSocketFactory tls) {
    try {
      var result = connection.processExtendedOperation(new StartTLSExtendedRequest(tls));
      if (!result.getResultCode().equals(ResultCode.SUCCESS)) {
        throw new LDAPException(result);
      }
    } catch (LDAPException e) {
      throw new DirectoryException(
          "could not start TLS with " + server + ": " + LdapFault.reason(e), e);
    }
  }

  private void bind(BindCredentials credentials) {
    String password = credentials.password().fetch();
    try {
      var _ = connection.bind(credentials.bindDn(), password);
    } catch (LDAPException e) {
      // Without the cause, whose text is the server's own and might repeat the password.
      throw new DirectoryException(
          "could not bind to "
              + server
              + " as "
              + ShownDn.of(credentials.bindDn())
              + ": "
              + LdapFault.reason(e, password));
    }
  }

  private static LDAPConnectionOptions options(LdapTimeouts timeouts) {
    var options = new LDAPConnectionOptions();
    options.setConnectTimeoutMillis(millis(timeouts.connect()));
    options.setResponseTimeoutMillis(timeouts.response().toMillis());
    options.setFollowReferrals(false);
    options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true));
    return options;
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }
}
