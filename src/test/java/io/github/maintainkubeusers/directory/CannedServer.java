package io.github.maintainkubeusers.directory;

import com.unboundid.ldap.listener.CannedResponseRequestHandler;
import com.unboundid.ldap.listener.LDAPListener;
import com.unboundid.ldap.listener.LDAPListenerConfig;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives the same answer to every request, and knows no controls: for what no proper server can be
 * brought to say.
 */
final class CannedServer implements AutoCloseable {
  private final LDAPListener listener;

  CannedServer(ResultCode code, String message, SearchResultEntry... entries) throws Exception {
    var answers =
        new CannedResponseRequestHandler(
            code, null, message, List.of(), Stream.of(entries).toList(), List.of());
    listener = new LDAPListener(new LDAPListenerConfig(0, answers));
    listener.startListening();
  }

  String url() {
    return "ldap://localhost:" + listener.getListenPort();
  }

  @Override
  public void close() {
    listener.shutDown(true);
  }
}
