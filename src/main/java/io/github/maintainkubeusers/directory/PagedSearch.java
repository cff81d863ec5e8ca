package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;

/** Searches in pages (RFC 2696), all on one connection, which the cookie belongs to. */
final class PagedSearch {
    private final LDAPConnection connection;
    private final LdapServer server;
    private final int pageSize;

    PagedSearch(LDAPConnection connection, LdapServer server, int pageSize) {
        this.connection = connection;
        this.server = server;
        this.pageSize = pageSize;
    }

    /**
     * Everything below the base that the filter takes.
     *
     * @throws DirectoryException when that is not the whole of it: a limit, a referral, a broken connection
     */
    List<SearchResultEntry> entries(String base, Filter filter, String... attributes) {
        var entries = new ArrayList<SearchResultEntry>();
        try {
            Optional<ASN1OctetString> cookie = Optional.empty();
            do {
                SearchResult page = connection.search(request(base, filter, cookie, attributes));
                requireNoReference(page, base, filter);
                entries.addAll(page.getSearchEntries());
                cookie = next(page, cookie, base, filter);
            } while (cookie.isPresent());
        } catch (LDAPException e) {
            throw new DirectoryException(fault(base, filter, LdapFault.reason(e)), e);
        }
        return entries;
    }

    String fault(String base, Filter filter, String reason) {
        return "could not search " + server + ", base " + quoted(base) + ", filter " + shortened(filter) + ": "
                + reason;
    }

    /** Not critical: a server without pages may answer in one, and is then bound to say whether that is all. */
    private SearchRequest request(String base, Filter filter, Optional<ASN1OctetString> cookie, String... attributes) {
        var request = new SearchRequest(base, SearchScope.SUB, filter, attributes);
        request.addControl(new SimplePagedResultsControl(pageSize, cookie.orElse(null), false));
        return request;
    }

    private void requireNoReference(SearchResult page, String base, Filter filter) {
        if (page.getReferenceCount() > 0) {
            String urls = String.join(" ", page.getSearchReferences().getFirst().getReferralURLs());
            throw new DirectoryException(
                    fault(base, filter, "some entries are on another server, at " + quoted(urls)));
        }
    }

    private Optional<ASN1OctetString> next(SearchResult page, Optional<ASN1OctetString> cookie, String base,
            Filter filter) throws LDAPException {
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
}
