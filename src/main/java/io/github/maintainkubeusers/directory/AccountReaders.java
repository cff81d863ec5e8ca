package io.github.maintainkubeusers.directory;

/** How each search is carried out. */
final class AccountReaders {
  private AccountReaders() {}

  static AccountReader of(AccountSearch search) {
    return switch (search) {
      case ToolSearch tools -> of(tools.people());
      case PeopleSearch people -> of(people);
      case AdminSearch admins -> new AdminReader(admins);
      case NoSearch _ ->
          (_, _) -> {
            // nothing to read
          };
    };
  }

  private static AccountReader of(PeopleSearch search) {
    var people = new PeopleReader(search);
    return search
        .group()
        .<AccountReader>map(
            group ->
                switch (group.membership()) {
                  case MEMBERS -> new MembersReader(search, group, people);
                  case NAMES -> new MemberNamesReader(search, group, people);
                  case MEMBER_OF, MEMBER_OF_CHAIN -> new MemberOfReader(search, group, people);
                })
        .orElse(people);
  }
}
