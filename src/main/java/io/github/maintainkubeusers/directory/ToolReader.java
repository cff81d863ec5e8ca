package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import java.util.ArrayList;
import java.util.List;

import com.unboundid.ldap.sdk.Entry;
import io.github.maintainkubeusers.account.AccountKind;

/** Reads the tools. */
final class ToolReader {
    private final ToolSearch tools;
    private final String prefix;

    ToolReader(ToolSearch tools) {
        this.tools = tools;
        this.prefix = tools.filledPrefix();
    }

    void read(PagedSearch search, EntryReader into) {
        search.forEach(tools.base(), tools.filled(), entry -> read(entry, into), tools.attributes().requested());
    }

    private void read(Entry entry, EntryReader into) {
        List<String> names = names(entry);
        if (names.size() == 1) {
            into.add(AccountKind.TOOL, names.getFirst(), tools.attributes(), entry);
        } else {
            hold(entry, names, into);
        }
    }

    /** Each of several names is held: whichever of them was provisioned is left as it is. */
    private void hold(Entry entry, List<String> names, EntryReader into) {
        String fault = "the entry " + quoted(entry.getDN()) + " has " + names.size() + " values of "
                + tools.attributes().name() + " that begin with " + quoted(prefix) + ", not one";
        for (String name : names.isEmpty() ? List.of(entry.getDN()) : names) {
            into.hold(AccountKind.TOOL, name, fault);
        }
    }

    /** The values with the prefix, without it. As LDAP compares names, case makes no difference. */
    private List<String> names(Entry entry) {
        String[] values = entry.getAttributeValues(tools.attributes().name());
        var names = new ArrayList<String>();
        for (String value : values == null ? new String[0] : values) {
            if (value.regionMatches(true, 0, prefix, 0, prefix.length())) {
                names.add(value.substring(prefix.length()));
            }
        }
        return names;
    }
}
