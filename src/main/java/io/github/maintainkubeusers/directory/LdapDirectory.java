package io.github.maintainkubeusers.directory;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.maintainkubeusers.account.AccountKind;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.DirectorySnapshot.Origin;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads LDAP. Each reading has a connection of its own, made for it and closed after it: at one
 * reading a minute that costs nothing worth saving, and no firewall can have cut it meanwhile. A
 * reading comes whole from one server; when it breaks, it begins anew on the next.
 */
public final class LdapDirectory implements Directory {
  private final LdapSettings settings;
  private final AccountReader tools;
  private final AccountReader admins;
  private final Set<AccountKind> kinds;
  private final SchemaCheck schemas;
  private final UnseenLocks unseen = new UnseenLocks();
  private final Clock clock;
  private final ServerRotation rotation;
  private final Set<FutureTask<DirectorySnapshot>> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public LdapDirectory(
      LdapSettings settings, AccountSearch tools, AccountSearch admins, Clock clock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.kinds = EnumSet.noneOf(AccountKind.class);
    addKind(AccountKind.TOOL, tools);
    addKind(AccountKind.ADMIN, admins);
    this.schemas = new SchemaCheck(settings.required());
    this.tools = AccountReaders.of(requireNonNull(tools, "tools is null"));
    this.admins = AccountReaders.of(requireNonNull(admins, "admins is null"));
    this.clock = requireNonNull(clock, "clock is null");
    this.rotation = new ServerRotation(settings.servers(), clock);
  }

  private void addKind(AccountKind kind, AccountSearch search) {
    if (!(search instanceof NoSearch)) {
      kinds.add(kind);
    }
  }

  @Override
  public DirectorySnapshot read() {
    var failures = new LinkedHashMap<LdapServer, DirectoryException>();
    for (LdapServer server : rotation.next()) {
      requireWanted(server);
      try {
        DirectorySnapshot snapshot = read(server);
        rotation.succeeded(server);
        failures.forEach(rotation::log);
        return snapshot;
      } catch (DirectoryException e) {
        requireWanted(server);
        rotation.failed(server);
        failures.put(server, e);
      }
    }
    throw allOf(failures);
  }

  @Override
  public List<DirectorySnapshot> readOthers(DirectorySnapshot first) {
    Optional<String> read = first.origin().map(Origin::server);
    var others = new ArrayList<DirectorySnapshot>();
    for (LdapServer server : settings.servers()) {
      if (!read.equals(Optional.of(server.toString()))) {
        readAnother(server).ifPresent(others::add);
      }
    }
    return others.isEmpty() ? List.of(read()) : others;
  }

  private Optional<DirectorySnapshot> readAnother(LdapServer server) {
    requireWanted(server);
    try {
      DirectorySnapshot snapshot = read(server);
      rotation.succeeded(server);
      return Optional.of(snapshot);
    } catch (DirectoryException e) {
      requireWanted(server);
      rotation.failed(server);
      rotation.log(server, e);
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    closed = true;
    running.forEach(task -> task.cancel(true));
  }

  /**
   * In a thread of its own, which alone sees the connection: closing a connection does not wake who
   * waits for an answer on it, so that this is the way to stop waiting in time.
   */
  private DirectorySnapshot read(LdapServer server) {
    var task = new FutureTask<>(() -> readAll(server));
    running.add(task);
    try {
      requireWanted(server);
      Thread.ofVirtual().name("ldap-" + server).start(task);
      return task.get(settings.timeouts().read().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof DirectoryException failure
          ? failure
          : failed(server, String.valueOf(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      throw failed(
          server, "not all of it came within " + settings.timeouts().read().toMillis() + " ms", e);
    } catch (CancellationException e) {
      throw failed(server, "the directory is closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(server, "interrupted", e);
    } finally {
      running.remove(task);
      task.cancel(true);
    }
  }

  private DirectorySnapshot readAll(LdapServer server) {
    try (var connection = new ServerConnection(server, settings)) {
      connection.open();
      schemas.check(connection, server);
      var reader = new AccountCollector(clock.instant());
      admins.read(connection.search(), reader);
      tools.read(connection.search(), reader);
      unseen.log(reader.unseen());
      return reader.snapshot(clock.instant(), new Origin(server.toString(), kinds));
    }
  }

  /** When nobody waits for the answer any more, the other servers need not be asked. */
  private void requireWanted(LdapServer server) {
    if (closed || Thread.currentThread().isInterrupted()) {
      throw new DirectoryException(
          "could not read " + server + ": " + (closed ? "the directory is closed" : "interrupted"));
    }
  }

  private static DirectoryException failed(LdapServer server, String reason, Throwable cause) {
    return new DirectoryException("could not read " + server + ": " + reason, cause);
  }

  private static DirectoryException allOf(Map<LdapServer, DirectoryException> failures) {
    var all = failures.values().iterator();
    DirectoryException first = all.next();
    if (!all.hasNext()) {
      return first;
    }
    String reasons = failures.values().stream().map(Throwable::getMessage).collect(joining("; "));
    var failure =
        new DirectoryException("could not read the directory from any server: " + reasons, first);
    all.forEachRemaining(failure::addSuppressed);
    return failure;
  }
}
