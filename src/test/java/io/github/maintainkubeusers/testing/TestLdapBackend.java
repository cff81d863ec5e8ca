package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.directory.api.ldap.model.constants.SchemaConstants;
import org.apache.directory.api.ldap.model.entry.DefaultEntry;
import org.apache.directory.api.ldap.model.entry.Entry;
import org.apache.directory.api.ldap.model.exception.LdapException;
import org.apache.directory.api.ldap.model.name.Dn;
import org.apache.directory.api.ldap.model.schema.SchemaManager;
import org.apache.directory.server.core.DefaultDirectoryService;
import org.apache.directory.server.core.api.CoreSession;
import org.apache.directory.server.core.api.DirectoryService;
import org.apache.directory.server.core.api.InstanceLayout;
import org.apache.directory.server.core.api.interceptor.context.AddOperationContext;
import org.apache.directory.server.core.api.schema.SchemaPartition;
import org.apache.directory.server.core.partition.impl.avl.AvlPartition;
import org.apache.directory.server.core.shared.DefaultDnFactory;

/** The entries behind the test server: all in memory. */
final class TestLdapBackend {
  private final SchemaManager schema;
  private final DefaultDirectoryService service = new DefaultDirectoryService();
  private final String suffix;
  private final Set<Dn> dns = new LinkedHashSet<>();
  private AvlPartition partition;

  TestLdapBackend(Path folder, String suffix) throws Exception {
    this.suffix = suffix;
    schema = TestLdapSchema.load();
    service.setInstanceId("test");
    service.setInstanceLayout(new InstanceLayout(folder.toFile()));
    service.setShutdownHookEnabled(false);
    service.setAllowAnonymousAccess(false);
    service.setSchemaManager(schema);
    service.setDnFactory(new DefaultDnFactory(schema, 10_000));
    var schemaPartition = new SchemaPartition(schema);
    schemaPartition.setWrappedPartition(partition("schema", "ou=schema"));
    service.setSchemaPartition(schemaPartition);
    service.setSystemPartition(partition("system", "ou=system"));
    service.startup();
    partition = partition("data", suffix);
    service.addPartition(partition);
  }

  DirectoryService service() {
    return service;
  }

  CoreSession session() {
    return service.getAdminSession();
  }

  void add(String dn, Object... attributes) throws LdapException {
    add(new DefaultEntry(schema, new Dn(schema, dn), attributes));
  }

  void add(Entry entry) throws LdapException {
    session().add(new DefaultEntry(schema, entry));
    dns.add(new Dn(schema, entry.getDn().getName()));
  }

  /** Adds what the schema forbids, as an import past its checks would leave it. */
  void addUnchecked(Entry entry) throws LdapException, IOException {
    var raw = new DefaultEntry(schema, entry);
    raw.put(SchemaConstants.ENTRY_UUID_AT, UUID.randomUUID().toString());
    raw.put(SchemaConstants.ENTRY_CSN_AT, service.getCSN().toString());
    var context = new AddOperationContext(session(), raw);
    try (var transaction = partition.beginWriteTransaction()) {
      context.setPartition(partition);
      context.setTransaction(transaction);
      partition.add(context);
      transaction.commit();
    }
    dns.add(new Dn(schema, entry.getDn().getName()));
  }

  boolean has(String dn) throws LdapException {
    return session().exists(dn);
  }

  /**
   * Keeps every entry but this one, in a new partition. Not by deleting it: the library's tree now
   * and then loses others with it.
   *
   * @param operational the names of those operational attributes that are to be kept
   */
  void remove(String dn, String... operational) throws LdapException, IOException {
    String[] attributes =
        Stream.concat(Stream.of("*"), Stream.of(operational)).toArray(String[]::new);
    var kept = new ArrayList<Entry>();
    Dn removed = new Dn(schema, dn);
    for (Dn other : dns) {
      if (!other.equals(removed)) {
        kept.add(session().lookup(other, attributes));
      }
    }
    clear();
    for (Entry entry : kept) {
      addUnchecked(entry);
    }
  }

  /** Forgets every entry. */
  void clear() throws LdapException {
    dns.clear();
    service.removePartition(partition);
    partition = partition("data", suffix);
    service.addPartition(partition);
  }

  void stop() throws Exception {
    service.shutdown();
  }

  private AvlPartition partition(String id, String suffix) throws LdapException {
    var made = new AvlPartition(schema, service.getDnFactory());
    made.setId(id);
    made.setSuffixDn(new Dn(schema, suffix));
    return made;
  }
}
