package io.github.maintainkubeusers.plan;

import java.util.List;

import io.github.maintainkubeusers.account.AccountKind;

/** The objects that an account has beside its namespace and record, in the order in which they are made. */
public enum ManagedObject {
    RESOURCE_QUOTA(AccountKind.TOOL, false),
    LIMIT_RANGE(AccountKind.TOOL, false),
    TOOL_BINDING(AccountKind.TOOL, true),
    VIEW_BINDING(AccountKind.ADMIN, true),
    ADMIN_BINDING(AccountKind.ADMIN, true);

    private final AccountKind owner;
    private final boolean binding;

    ManagedObject(AccountKind owner, boolean binding) {
        this.owner = owner;
        this.binding = binding;
    }

    public AccountKind owner() {
        return owner;
    }

    /** True when it gives rights to subjects. */
    public boolean isBinding() {
        return binding;
    }

    public static List<ManagedObject> of(AccountKind kind) {
        return List.of(values()).stream().filter(object -> object.owner == kind).toList();
    }
}
