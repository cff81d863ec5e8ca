package io.github.maintainkubeusers.bench;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import io.github.maintainkubeusers.testing.OpenLdapServer;

/**
 * The reference for a pass with nothing to do: one plain paged read of the same entries, from
 * connect to close.
 */
final class BareDirectory {
  private static final int PAGE = 500;

  private final OpenLdapServer server;

  BareDirectory(OpenLdapServer server) {
    this.server = server;
  }

  /**
   * @return the seconds it took
   */
  double read(int expected) {
    long start = System.nanoTime();
    int entries = 0;
    try (var connection =
        new LDAPConnection("127.0.0.1", server.port(), server.bindDn(), server.password())) {
      var request =
          new SearchRequest(
              "ou=people,ou=servicegroups,dc=wikimedia,dc=org",
              SearchScope.SUB,
              "(&(objectClass=posixAccount)(cn=tools.*))",
              "cn",
              "uidNumber",
              "homeDirectory",
              "pwdAccountLockedTime",
              "pwdPolicySubentry");
      ASN1OctetString cookie = null;
      do {
        request.setControls(new SimplePagedResultsControl(PAGE, cookie));
        SearchResult page = connection.search(request);
        entries += page.getEntryCount();
        cookie = SimplePagedResultsControl.get(page).getCookie();
      } while (cookie.getValueLength() > 0);
    } catch (LDAPException e) {
      throw new IllegalStateException("could not read the directory: " + e.getMessage(), e);
    }
    if (entries != expected) {
      throw new IllegalStateException("the directory has " + entries + " entries, not " + expected);
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
