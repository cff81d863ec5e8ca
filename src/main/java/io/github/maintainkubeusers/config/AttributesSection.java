package io.github.maintainkubeusers.config;

import static java.util.stream.Collectors.toSet;

import io.github.maintainkubeusers.directory.AccountAttributes;
import io.github.maintainkubeusers.directory.Lock;
import io.github.maintainkubeusers.directory.Locks;
import io.github.maintainkubeusers.yaml.ConfigReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an operator says of attributes and locks: for the whole directory, and for one kind of
 * account above that.
 */
final class AttributesSection {
  private final Optional<String> name;
  private final Optional<String> uid;
  private final Optional<String> gid;
  private final Optional<String> home;
  private final Optional<Locks> locks;
  private final Optional<Boolean> lowerCase;

  private AttributesSection(
      ConfigReader attributes, Optional<List<Lock>> locks, Optional<Boolean> lowerCase) {
    this.name = attributes.value("name", AttributesSection::attribute);
    this.uid = attributes.value("uid", AttributesSection::attribute);
    this.gid = attributes.value("gid", AccountAttributes::requireGid);
    this.home = attributes.value("home", AccountAttributes::requireHome);
    this.locks = locks.map(Locks::new);
    this.lowerCase = lowerCase;
  }

  static AttributesSection ofDirectory(ConfigReader directory) {
    return new AttributesSection(
        directory.mapping("attributes"),
        directory.list("locks", Lock::parse),
        directory.has("lowerCase")
            ? Optional.of(directory.bool("lowerCase", false))
            : Optional.empty());
  }

  /**
   * Those of a kind: what its own section says, else what is said here, else the standard.
   *
   * @param stated takes the attributes that its own section names
   */
  AccountAttributes of(ConfigReader kind, AccountAttributes standard, Set<String> stated) {
    ConfigReader section = kind.mapping("attributes");
    var own = new AttributesSection(section, section.list("locks", Lock::parse), Optional.empty());
    stated.addAll(own.stated());
    return own.over(over(standard));
  }

  /** What is written here of attributes, and not by a layout. */
  Set<String> stated() {
    return Stream.concat(
            Stream.of(name, uid, gid, home).flatMap(Optional::stream),
            locks.stream().flatMap(written -> written.all().stream()).map(Lock::attribute))
        .filter(
            attribute ->
                !attribute.equals(AccountAttributes.SAME_AS_UID) && !attribute.startsWith("/"))
        .collect(toSet());
  }

  private AccountAttributes over(AccountAttributes standard) {
    return new AccountAttributes(
        name.orElse(standard.name()),
        uid.orElse(standard.uid()),
        gid.orElse(standard.gid()),
        home.orElse(standard.home()),
        locks.orElse(standard.locks()),
        lowerCase.orElse(standard.lowerCase()));
  }

  /**
   * @throws io.github.maintainkubeusers.account.InvalidValueException when it is not an attribute's
   *     name
   */
  static String attribute(String text) {
    return AccountAttributes.named(text).name();
  }
}
