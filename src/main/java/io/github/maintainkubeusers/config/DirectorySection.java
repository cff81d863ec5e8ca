package io.github.maintainkubeusers.config;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

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
  private final String everybody;
  private final Set<String> stated;
  private final AccountSearch tools;
  private final AccountSearch admins;

  DirectorySection(ConfigReader section, String project) {
    this.section = section;
    this.project = project;
    this.layout = section.choice("layout", DirectoryLayout.TOOLFORGE);
    if (layout.base().isEmpty()) {
      section.require("base");
    }
    this.base =
        section.value("base", DirectoryLayout::requireBase).or(layout::base).orElse(SOME_BASE);
    this.attributes = AttributesSection.ofDirectory(section);
    this.stated = new HashSet<>(attributes.stated());
    this.everybody = readEverybody();
    this.tools = readTools();
    this.admins = readAdmins();
  }

  DirectoryLayout layout() {
    return layout;
  }

  /** Null when the connection file has errors, which are reported as its own. */
  LdapSettings ldap(LdapFile file) {
    boolean startTls = section.bool("startTls", false);
    Optional<Path> trustedCa = section.value("trustedCa", Forms::path);
    var timeouts =
        new LdapTimeouts(
            section.duration("connectTimeout", LdapTimeouts.DEFAULT.connect(), SECOND, HOUR),
            section.duration("responseTimeout", LdapTimeouts.DEFAULT.response(), SECOND, HOUR),
            section.duration("readTimeout", LdapTimeouts.DEFAULT.read(), SECOND, HOUR));
    int pageSize = section.integer("pageSize", LdapSettings.DEFAULT_PAGE_SIZE, 1, 100_000);
    var referrals = section.choice("referrals", layout.referrals());
    return file.settings(startTls)
        .map(
            settings ->
                new LdapSettings(
                    settings.servers(),
                    settings.bind(),
                    trustedCa,
                    timeouts,
                    pageSize,
                    referrals,
                    stated))
        .orElse(null);
  }

  AccountSearch tools() {
    return tools;
  }

  AccountSearch admins() {
    return admins;
  }

  private String readEverybody() {
    if (layout == DirectoryLayout.TOOLFORGE) {
      refuse(section, "people");
    }
    return checked(
        section,
        "people",
        layout.people(),
        text ->
            new PeopleSearch(
                AccountKind.TOOL,
                "tools",
                SOME_BASE,
                text,
                "",
                Optional.empty(),
                layout.attributes()));
  }

  private AccountSearch readTools() {
    ConfigReader mapping = section.mapping("tools");
    return layout == DirectoryLayout.TOOLFORGE
        ? toolforgesTools(mapping)
        : people(mapping, "tools", AccountKind.TOOL);
  }

  private AccountSearch readAdmins() {
    if (section.says("admins", "none")) {
      return new NoSearch(project);
    }
    ConfigReader mapping = section.mapping("admins");
    return layout == DirectoryLayout.TOOLFORGE
        ? toolforgesAdmins(mapping)
        : people(mapping, "admins", AccountKind.ADMIN);
  }

  private ToolSearch toolforgesTools(ConfigReader mapping) {
    var standard = ToolSearch.below(base, "tools");
    String searched =
        checked(
            mapping,
            "base",
            standard.base(),
            text ->
                new ToolSearch(
                    "tools", text, standard.filter(), standard.prefix(), standard.attributes()));
    String filter =
        checked(
            mapping,
            "filter",
            standard.filter(),
            text ->
                new ToolSearch(
                    "tools", standard.base(), text, standard.prefix(), standard.attributes()));
    refuse(mapping, "group", "membership", "memberAttribute");
    return new ToolSearch(
        project,
        searched,
        filter,
        mapping.string("prefix", standard.prefix()),
        attributes.of(mapping, standard.attributes(), stated));
  }

  private AdminSearch toolforgesAdmins(ConfigReader mapping) {
    var standard = AdminSearch.below(base, "tools");
    String groupBase =
        checked(
            mapping,
            "groupBase",
            standard.groupBase(),
            text ->
                new AdminSearch(
                    "tools",
                    text,
                    standard.groupFilter(),
                    standard.memberAttribute(),
                    standard.peopleBase(),
                    standard.attributes()));
    String groupFilter =
        checked(
            mapping,
            "groupFilter",
            standard.groupFilter(),
            text ->
                new AdminSearch(
                    "tools",
                    standard.groupBase(),
                    text,
                    standard.memberAttribute(),
                    standard.peopleBase(),
                    standard.attributes()));
    String peopleBase =
        checked(
            mapping,
            "peopleBase",
            standard.peopleBase(),
            text ->
                new AdminSearch(
                    "tools",
                    standard.groupBase(),
                    standard.groupFilter(),
                    standard.memberAttribute(),
                    text,
                    standard.attributes()));
    refuse(mapping, "group", "membership", "base", "filter", "prefix");
    return new AdminSearch(
        project,
        groupBase,
        groupFilter,
        memberAttribute(mapping, standard.memberAttribute()),
        peopleBase,
        attributes.of(mapping, standard.attributes(), stated));
  }

  private PeopleSearch people(ConfigReader people, String key, AccountKind kind) {
    if (!people.has("filter") && !people.has("group")) {
      section.error(
          key,
          "needs a filter or a group, because else every person would be "
              + (kind == AccountKind.TOOL
                  ? "a tool"
                  : "an admin; without admins say 'admins: none'"));
    }
    refuse(people, "groupBase", "groupFilter", "peopleBase");
    var standard =
        new PeopleSearch(
            kind,
            "tools",
            layout.peopleBase(base),
            layout.people(),
            "",
            Optional.empty(),
            layout.attributes());
    String searched =
        checked(
            people,
            "base",
            standard.base(),
            text ->
                new PeopleSearch(
                    kind,
                    "tools",
                    text,
                    standard.filter(),
                    "",
                    standard.group(),
                    standard.attributes()));
    String some =
        checked(
            people,
            "filter",
            "",
            text ->
                new PeopleSearch(
                    kind,
                    "tools",
                    standard.base(),
                    text,
                    "",
                    standard.group(),
                    standard.attributes()));
    return new PeopleSearch(
        kind,
        project,
        searched,
        some.isEmpty() ? everybody : "(&" + everybody + some + ")",
        people.string("prefix", ""),
        group(people),
        attributes.of(people, standard.attributes(), stated));
  }

  private Optional<Group> group(ConfigReader people) {
    Membership membership =
        people.value("membership", Membership::parse).orElse(layout.membership());
    String attribute = memberAttribute(people, membership.attribute());
    return people.value("group", Group::requireDn).map(dn -> new Group(dn, membership, attribute));
  }

  private String memberAttribute(ConfigReader people, String ifAbsent) {
    Optional<String> written = people.value("memberAttribute", AttributesSection::attribute);
    written.ifPresent(stated::add);
    return written.orElse(ifAbsent);
  }

  /** What another layout has: saying so helps more than that the key is unknown. */
  private void refuse(ConfigReader people, String... keys) {
    for (String key : keys) {
      if (people.has(key)) {
        people.error(key, "is not a key of layout " + layout.label());
      }
    }
  }

  /**
   * @param record makes what the value is for, where everything else is standard; its exception
   *     becomes the error
   */
  private static String checked(
      ConfigReader section, String key, String ifAbsent, Function<String, ?> record) {
    return section
        .value(
            key,
            text -> {
              Object _ = record.apply(text);
              return text;
            })
        .orElse(ifAbsent);
  }
}
