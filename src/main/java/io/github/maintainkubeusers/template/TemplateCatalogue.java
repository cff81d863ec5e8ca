package io.github.maintainkubeusers.template;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Service;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.plan.Blueprint;
import io.github.maintainkubeusers.plan.Catalogue;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.plan.ObjectKind;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Tools have what the templates say, some with overrides; admins have two bindings and no
 * namespace.
 */
public final class TemplateCatalogue implements Catalogue {
  private final Templates templates;
  private final OverridesFile file;
  private final Services services;
  private final InstantSource clock;
  private final Map<AccountId, Blueprint> filled = new ConcurrentHashMap<>();
  private volatile Map<AccountId, OverridesFile.Special> specials;

  /**
   * @param services that are declared
   * @param overrides a file that need not be there
   * @throws io.github.maintainkubeusers.yaml.ConfigurationException with all that is wrong in the
   *     file
   */
  public TemplateCatalogue(
      Templates templates, Path overrides, Services services, InstantSource clock) {
    this.services = requireNonNull(services, "services is null");
    this.templates = requireNonNull(templates, "templates is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.file = new OverridesFile(overrides, templates);
    this.specials = file.read();
  }

  @Override
  public Blueprint of(AccountId id) {
    return switch (id.kind()) {
      case TOOL -> ofTool(id);
      case ADMIN ->
          Blueprint.of(
              List.of(
                  binding(ManagedObject.VIEW_BINDING, id.name() + "-view-binding", "view"),
                  binding(ManagedObject.ADMIN_BINDING, id.name() + "-binding", "k8s-admin")),
              Map.of());
      case SERVICE ->
          Blueprint.of(
              services.find(id).stream().flatMap(TemplateCatalogue::bindings).toList(), Map.of());
    };
  }

  @Override
  public Set<ObjectKind> kinds() {
    var kinds = new TreeSet<>(templates.kinds());
    kinds.addAll(Set.of(ObjectKind.ROLE_BINDING, ObjectKind.CLUSTER_ROLE_BINDING));
    return kinds;
  }

  @Override
  public void refresh() {
    specials = file.read();
  }

  /** Each pass looks at every account: what nearly all have is filled in once. */
  private Blueprint ofTool(AccountId tool) {
    OverridesFile.Special special = specials.get(tool);
    return special == null || special.override().isOver(clock.instant())
        ? filled.computeIfAbsent(tool, templates.standard()::fill)
        : special.variant().fill(tool);
  }

  private static Stream<DesiredObject> bindings(Service service) {
    Stream<DesiredObject> roles =
        service.roles().stream()
            .map(
                role ->
                    binding(
                        new ManagedObject(ObjectKind.CLUSTER_ROLE_BINDING, role),
                        service.binding(role),
                        role));
    String renewal = Service.renewal(service.id());
    return service.selfRenewal()
        ? Stream.concat(
            roles,
            Stream.of(
                binding(
                    new ManagedObject(ObjectKind.ROLE_BINDING, service.secret().namespace()),
                    renewal,
                    "Role",
                    renewal)))
        : roles;
  }

  private static DesiredObject binding(ManagedObject object, String name, String clusterRole) {
    return binding(object, name, "ClusterRole", clusterRole);
  }

  private static DesiredObject binding(
      ManagedObject object, String name, String kind, String role) {
    return new DesiredObject(
        object,
        name,
        Map.of(),
        Map.of(
            "roleRef",
            Map.of("apiGroup", "rbac.authorization.k8s.io", "kind", kind, "name", role)));
  }
}
