package io.github.maintainkubeusers.directory;

import static java.util.stream.Collectors.joining;

import com.unboundid.ldap.sdk.schema.Schema;
import io.github.maintainkubeusers.account.InvalidValueException;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once whether a server knows the attributes that somebody wrote down. */
final class SchemaCheck {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaCheck.class);

  private final Set<String> required;
  private final Set<LdapServer> checked = ConcurrentHashMap.newKeySet();

  SchemaCheck(Set<String> required) {
    this.required = new TreeSet<>(required);
  }

  /**
   * @throws DirectoryException when it does not know all of them
   */
  void check(ServerConnection connection, LdapServer server) {
    if (required.isEmpty() || checked.contains(server)) {
      return;
    }
    connection
        .schema()
        .ifPresentOrElse(
            schema -> requireAll(schema, server),
            () ->
                LOG.info(
                    "{} does not show its schema: whether it has the attributes {} is not known",
                    server,
                    required));
    checked.add(server);
  }

  private void requireAll(Schema schema, LdapServer server) {
    String missing =
        required.stream()
            .filter(name -> schema.getAttributeType(name) == null)
            .map(InvalidValueException::quoted)
            .collect(joining(", "));
    if (!missing.isEmpty()) {
      throw new DirectoryException(
          "could not use "
              + server
              + ": its schema has no attribute "
              + missing
              + "; correct the names in section directory of the configuration, or take them out");
    }
  }
}
