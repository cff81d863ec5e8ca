package io.github.maintainkubeusers.testing;

import java.io.IOException;
import org.apache.directory.api.ldap.model.exception.LdapException;
import org.apache.directory.api.ldap.model.schema.ObjectClassTypeEnum;
import org.apache.directory.api.ldap.model.schema.SchemaManager;
import org.apache.directory.api.ldap.schema.loader.JarLdifSchemaLoader;
import org.apache.directory.api.ldap.schema.manager.impl.DefaultSchemaManager;

/**
 * The schema as rfc2307bis has it: groups that are groupOfNames and posixGroup at once. It is read
 * from the library's jar straight into memory, which takes a tenth of the time that extracting it
 * to a folder does.
 */
final class TestLdapSchema {
  private TestLdapSchema() {}

  static SchemaManager load() throws LdapException, IOException {
    var schema = new DefaultSchemaManager(new JarLdifSchemaLoader());
    schema.loadAllEnabled();
    schema.enable("nis");
    makeAuxiliary(schema, "posixGroup");
    makeWritable(schema, "pwdAccountLockedTime");
    makeWritable(schema, "pwdPolicySubentry");
    return schema;
  }

  private static void makeAuxiliary(SchemaManager schema, String name) throws LdapException {
    var objectClass = schema.lookupObjectClassRegistry(name);
    objectClass.unlock();
    objectClass.setType(ObjectClassTypeEnum.AUXILIARY);
    objectClass.lock();
  }

  /** The attribute stays operational: it is returned only to who asks for it by name. */
  private static void makeWritable(SchemaManager schema, String name) throws LdapException {
    var attribute = schema.lookupAttributeTypeRegistry(name);
    attribute.unlock();
    attribute.setUserModifiable(true);
    attribute.lock();
  }
}
