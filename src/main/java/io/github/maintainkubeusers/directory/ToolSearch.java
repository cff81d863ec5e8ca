package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;

import com.unboundid.ldap.sdk.Filter;

/**
 * Where the tools are. In {@code filter} and {@code prefix} the word {@code PROJECT} stands for the project.
 *
 * @param base searched with everything below it
 * @param prefix what stands before the tool's name in the name attribute
 */
public record ToolSearch(String project, String base, String filter, String prefix, AccountAttributes attributes) {
    public ToolSearch {
        Syntax.requireDn("the base of the tools", base);
        requireNonNull(prefix, "prefix is null");
        requireNonNull(attributes, "attributes is null");
        var _ = FilterTemplate.fill(filter, project);
    }

    /** As Toolforge has them. */
    public static ToolSearch ofProject(String project) {
        return new ToolSearch(project, "ou=people,ou=servicegroups,dc=wikimedia,dc=org",
                "(&(objectClass=posixAccount)(cn=PROJECT.*))", "PROJECT.", AccountAttributes.named("cn"));
    }

    Filter filled() {
        return FilterTemplate.fill(filter, project);
    }

    String filledPrefix() {
        return prefix.replace(FilterTemplate.PLACEHOLDER, project);
    }
}
