package io.github.maintainkubeusers.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.directory.AccountSearch;
import io.github.maintainkubeusers.directory.AdminSearch;
import io.github.maintainkubeusers.directory.DirectoryLayout;
import io.github.maintainkubeusers.directory.Group;
import io.github.maintainkubeusers.directory.LdapSettings;
import io.github.maintainkubeusers.directory.LdapTimeouts;
import io.github.maintainkubeusers.directory.Membership;
import io.github.maintainkubeusers.directory.NoSearch;
import io.github.maintainkubeusers.directory.PeopleSearch;
import io.github.maintainkubeusers.directory.ToolSearch;
import io.github.maintainkubeusers.yaml.ConfigReader;

/** The section {@code directory} of the configuration file. */
final class DirectorySection {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);
    /** In the place of a base that is missing or wrong, which is reported. */
    private static final String SOME_BASE = "dc=example";

    private final ConfigReader section;
    private final String project;
    private final DirectoryLayout layout;
    private final String base;
    private final AttributesSection attributes;

    DirectorySection(ConfigReader section, String project) {
        this.section = section;
        this.project = project;
        this.layout = section.choice("layout", DirectoryLayout.TOOLFORGE);
        if (layout.base().isEmpty()) {
            section.require("base");
        }
        this.base = section.value("base", DirectoryLayout::requireBase).or(layout::base).orElse(SOME_BASE);
        this.attributes = AttributesSection.ofDirectory(section);
    }

    DirectoryLayout layout() {
        return layout;
    }

    /** Null when the connection file has errors, which are reported as its own. */
    LdapSettings ldap(LdapFile file) {
        boolean startTls = section.bool("startTls", false);
        Optional<Path> trustedCa = section.value("trustedCa", ConfigSections::path);
        var timeouts = new LdapTimeouts(
                section.duration("connectTimeout", LdapTimeouts.DEFAULT.connect(), SECOND, HOUR),
                section.duration("responseTimeout", LdapTimeouts.DEFAULT.response(), SECOND, HOUR),
                section.duration("readTimeout", LdapTimeouts.DEFAULT.read(), SECOND, HOUR));
        int pageSize = section.integer("pageSize", LdapSettings.DEFAULT_PAGE_SIZE, 1, 100_000);
        var referrals = section.choice("referrals", layout.referrals());
        return file.settings(startTls).map(settings -> new LdapSettings(settings.servers(), settings.bind(), trustedCa,
                timeouts, pageSize, referrals)).orElse(null);
    }

    AccountSearch tools() {
        ConfigReader tools = section.mapping("tools");
        return layout == DirectoryLayout.TOOLFORGE
                ? toolforgesTools(tools)
                : people(tools, "tools", AccountKind.TOOL);
    }

    AccountSearch admins() {
        if (section.says("admins", "none")) {
            return new NoSearch(project);
        }
        ConfigReader admins = section.mapping("admins");
        return layout == DirectoryLayout.TOOLFORGE
                ? toolforgesAdmins(admins)
                : people(admins, "admins", AccountKind.ADMIN);
    }

    private ToolSearch toolforgesTools(ConfigReader tools) {
        var standard = ToolSearch.below(base, "tools");
        String searched = checked(tools, "base", standard.base(),
                text -> new ToolSearch("tools", text, standard.filter(), standard.prefix(), standard.attributes()));
        String filter = checked(tools, "filter", standard.filter(),
                text -> new ToolSearch("tools", standard.base(), text, standard.prefix(), standard.attributes()));
        refuse(tools, "group", "membership", "memberAttribute");
        return new ToolSearch(project, searched, filter, tools.string("prefix", standard.prefix()),
                attributes.of(tools, standard.attributes()));
    }

    private AdminSearch toolforgesAdmins(ConfigReader admins) {
        var standard = AdminSearch.below(base, "tools");
        String groupBase = checked(admins, "groupBase", standard.groupBase(), text -> new AdminSearch("tools", text,
                standard.groupFilter(), standard.memberAttribute(), standard.peopleBase(), standard.attributes()));
        String groupFilter = checked(admins, "groupFilter", standard.groupFilter(), text -> new AdminSearch("tools",
                standard.groupBase(), text, standard.memberAttribute(), standard.peopleBase(), standard.attributes()));
        String peopleBase = checked(admins, "peopleBase", standard.peopleBase(), text -> new AdminSearch("tools",
                standard.groupBase(), standard.groupFilter(), standard.memberAttribute(), text,
                standard.attributes()));
        refuse(admins, "group", "membership", "base", "filter", "prefix");
        return new AdminSearch(project, groupBase, groupFilter,
                checked(admins, "memberAttribute", standard.memberAttribute(), AttributesSection::attribute),
                peopleBase, attributes.of(admins, standard.attributes()));
    }

    private PeopleSearch people(ConfigReader people, String key, AccountKind kind) {
        if (!people.has("filter") && !people.has("group")) {
            section.error(key, "needs a filter or a group, because else every person would be "
                    + (kind == AccountKind.TOOL ? "a tool" : "an admin; without admins say 'admins: none'"));
        }
        refuse(people, "groupBase", "groupFilter", "peopleBase");
        var standard = new PeopleSearch(kind, "tools", layout.peopleBase(base), layout.people(), "", Optional.empty(),
                layout.attributes());
        String searched = checked(people, "base", standard.base(), text -> new PeopleSearch(kind, "tools", text,
                standard.filter(), "", standard.group(), standard.attributes()));
        String all = checked(section, "people", standard.filter(), text -> new PeopleSearch(kind, "tools",
                standard.base(), text, "", standard.group(), standard.attributes()));
        String some = checked(people, "filter", "", text -> new PeopleSearch(kind, "tools", standard.base(), text, "",
                standard.group(), standard.attributes()));
        return new PeopleSearch(kind, project, searched, some.isEmpty() ? all : "(&" + all + some + ")",
                people.string("prefix", ""), group(people), attributes.of(people, standard.attributes()));
    }

    private Optional<Group> group(ConfigReader people) {
        Membership membership = people.value("membership", Membership::parse).orElse(layout.membership());
        String attribute = checked(people, "memberAttribute", membership.attribute(), AttributesSection::attribute);
        return people.value("group", Group::requireDn).map(dn -> new Group(dn, membership, attribute));
    }

    /** What another layout has: saying so helps more than that the key is unknown. */
    private void refuse(ConfigReader people, String... keys) {
        for (String key : keys) {
            if (people.has(key)) {
                people.error(key, "is not a key of layout " + layout.label());
            }
        }
    }

    /** @param record makes what the value is for, where everything else is standard; its exception becomes the error */
    private static String checked(ConfigReader section, String key, String ifAbsent, Function<String, ?> record) {
        return section.value(key, text -> {
            Object _ = record.apply(text);
            return text;
        }).orElse(ifAbsent);
    }
}
