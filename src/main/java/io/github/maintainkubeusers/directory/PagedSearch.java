package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchResultListener;
import com.unboundid.ldap.sdk.SearchResultReference;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Searches in pages (RFC 2696), all on one connection, which the cookie belongs to. */
final class PagedSearch {
  private final LDAPConnection connection;
  private final LdapServer server;
  private final LdapSettings settings;

  PagedSearch(LDAPConnection connection, LdapServer server, LdapSettings settings) {
    this.connection = connection;
    this.server = server;
    this.settings = settings;
  }

  /** One entry by its name; nothing when there is none, or none that may be read. */
  Optional<Entry> entry(String dn, String... attributes) {
    try {
      return Optional.ofNullable(connection.getEntry(dn, attributes));
    } catch (LDAPException e) {
      throw new DirectoryException(faultOf(dn, LdapFault.reason(e)), e);
    }
  }

  String faultOf(String dn, String reason) {
    return "could not read " + ShownDn.of(dn) + " from " + server + ": " + reason;
  }

  /** The same as {@link #forEach}, for what is little. */
  List<Entry> entries(String base, Filter filter, String... attributes) {
    var entries = new ArrayList<Entry>();
    forEach(base, filter, entries::add, attributes);
    return entries;
  }

  /**
   * Hands over everything below the base that the filter takes, each entry while the server still
   * sends others.
   *
   * @throws DirectoryException when that is not the whole of it: a limit, a referral, a broken
   *     connection
   */
  void forEach(String base, Filter filter, Consumer<Entry> sink, String... attributes) {
    var receiver = new Receiver(sink);
    try {
      Optional<ASN1OctetString> cookie = Optional.empty();
      do {
        SearchResult page = connection.search(request(receiver, base, filter, cookie, attributes));
        requireNoReference(receiver, base, filter);
        cookie = next(page, cookie, base, filter);
      } while (cookie.isPresent());
    } catch (LDAPException e) {
      throw new DirectoryException(fault(base, filter, LdapFault.reason(e)), e);
    }
  }

  String fault(String base, Filter filter, String reason) {
    return "could not search "
        + server
        + ", base "
        + ShownDn.of(base)
        + ", filter "
        + shortened(filter)
        + ": "
        + reason;
  }

  /**
   * Not critical: a server without pages may answer in one, and is then bound to say whether that
   * is all.
   */
  private SearchRequest request(
      Receiver receiver,
      String base,
      Filter filter,
      Optional<ASN1OctetString> cookie,
      String... attributes) {
    var request = new SearchRequest(receiver, base, SearchScope.SUB, filter, attributes);
    request.addControl(
        new SimplePagedResultsControl(settings.pageSize(), cookie.orElse(null), false));
    return request;
  }

  private void requireNoReference(Receiver receiver, String base, Filter filter) {
    receiver
        .reference
        .filter(_ -> settings.referrals() == Referrals.FAIL)
        .ifPresent(
            reference -> {
              String urls = String.join(" ", reference.getReferralURLs());
              throw new DirectoryException(
                  fault(
                      base,
                      filter,
                      "some entries are on another server, at "
                          + quoted(urls)
                          + "; if no account is there, set 'referrals: ignore'"));
            });
  }

  private Optional<ASN1OctetString> next(
      SearchResult page, Optional<ASN1OctetString> cookie, String base, Filter filter)
      throws LDAPException {
    var control = SimplePagedResultsControl.get(page);
    if (control != null) {
      return control.moreResultsToReturn() ? Optional.of(control.getCookie()) : Optional.empty();
    }
    if (cookie.isPresent()) {
      throw new DirectoryException(fault(base, filter, "the server stopped paging in the middle"));
    }
    return Optional.empty();
  }

  private static String shortened(Filter filter) {
    return quoted(filter.toString());
  }

  /** Called by the library in the thread that searches. */
  private static final class Receiver implements SearchResultListener {
    private static final long serialVersionUID = 1;
    private final transient Consumer<Entry> sink;
    private transient Optional<SearchResultReference> reference = Optional.empty();

    Receiver(Consumer<Entry> sink) {
      this.sink = sink;
    }

    @Override
    public void searchEntryReturned(SearchResultEntry entry) {
      sink.accept(entry);
    }

    @Override
    public void searchReferenceReturned(SearchResultReference found) {
      reference = Optional.of(found);
    }
  }
}
