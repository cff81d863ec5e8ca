package io.github.maintainkubeusers.testing;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands each test a world of its own. The control plane and the LDAP server in it are its class'
 * alone while the class runs, and another one's afterwards.
 */
public final class WorldExtension implements BeforeAllCallback, ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(WorldExtension.class);

  /** What it takes seconds to start. */
  private record Servers(ControlPlane plane, TestLdapServer ldap) {
    static Servers start() {
      ControlPlane plane = ControlPlane.start();
      return new Servers(plane, TestLdapServer.start(plane.folder().resolve("ldap")));
    }

    World world() {
      ldap.clear();
      return World.create(plane, ldap);
    }

    void close() {
      ldap.close();
      plane.close();
    }
  }

  /** As many as classes run at once. Closed by JUnit with the root store. */
  private static final class Pool implements AutoCloseable {
    private final Queue<Servers> all = new ConcurrentLinkedQueue<>();
    private final Queue<Servers> idle = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean first = new AtomicBoolean(true);

    Lease lease() {
      return new Lease(this, Optional.ofNullable(idle.poll()).orElseGet(this::start));
    }

    private Servers start() {
      Servers servers = Servers.start();
      all.add(servers);
      if (first.getAndSet(false)) {
        StartUpCache.makeWhenOutdated(servers.world());
      }
      return servers;
    }

    @Override
    public void close() {
      all.forEach(Servers::close);
    }
  }

  /** Closed by JUnit with the store of the class. */
  private record Lease(Pool pool, Servers servers) implements AutoCloseable {
    @Override
    public void close() {
      pool.idle.add(servers);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Pool pool =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Pool.class, _ -> new Pool(), Pool.class);
    context.getStore(NAMESPACE).put(Lease.class, pool.lease());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == World.class
        || parameter.getParameter().getType() == ControlPlane.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Servers servers = context.getStore(NAMESPACE).get(Lease.class, Lease.class).servers();
    return parameter.getParameter().getType() == World.class ? servers.world() : servers.plane();
  }
}
