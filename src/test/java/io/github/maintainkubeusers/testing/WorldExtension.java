package io.github.maintainkubeusers.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands each test a world of its own, with the run's one control plane and LDAP server in it. */
public final class WorldExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(WorldExtension.class);

    /** Closed by JUnit with the root store. */
    private record Shared(ControlPlane plane, TestLdapServer ldap) implements AutoCloseable {
        static Shared start() {
            ControlPlane plane = ControlPlane.start();
            return new Shared(plane, TestLdapServer.start(plane.folder().resolve("ldap")));
        }

        @Override
        public void close() {
            ldap.close();
            plane.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == World.class
                || parameter.getParameter().getType() == ControlPlane.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared shared = context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(Shared.class, _ -> Shared.start(),
                Shared.class);
        if (parameter.getParameter().getType() == ControlPlane.class) {
            return shared.plane();
        }
        shared.ldap().clear();
        return World.create(shared.plane(), shared.ldap());
    }
}
