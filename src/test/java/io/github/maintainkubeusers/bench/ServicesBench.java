package io.github.maintainkubeusers.bench;

import static java.util.stream.Collectors.joining;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.maintainkubeusers.credential.ParsedCertificate;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Services whose certificates live ten minutes: what is late, what a client that fetches them
 * meets, and how soon a deleted Secret is there again.
 */
final class ServicesBench {
  private static final String NAMESPACE = "bench-services";
  private static final String SECRETS = "/api/v1/namespaces/" + NAMESPACE + "/secrets";
  private static final int SIGNER_QPS = 100;
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Duration OVERLAP = Duration.ofMinutes(3);
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LONGEST = Duration.ofMinutes(40);
  private static final Duration LOOK = Duration.ofSeconds(2);
  private static final int DELETIONS = 2;
  private static final int AT_ONCE = 8;

  private final Site site;
  private final int services;
  private final int rotations;

  ServicesBench(Site site, int services, int rotations) {
    this.site = site;
    this.services = services;
    this.rotations = rotations;
  }

  List<Row> run() throws IOException {
    site.world().writeConfig("interval: 10s\nservices:\n" + each(ServicesBench::declaration));
    site.plane().kubectl().apply(manifest());
    site.plane().stopControllerManager();
    site.plane().startControllerManager(SIGNER_QPS, LIFE);
    var rows = new ArrayList<Row>();
    try (var signer = new Signer(site.likeProgram());
        ProgramRun run = site.world().start()) {
      Progress.say("Issuing to " + services + " services");
      Waiting.until(
          "a Secret for each\n" + run.output(), PATIENCE, () -> fingerprints().size() == services);
      rows.addAll(deletions(signer));
      rows.addAll(rotated());
    }
    return rows;
  }

  private List<Row> deletions(Signer signer) {
    Progress.say("Deleting " + services * DELETIONS + " Secrets, one after the other");
    var ours = new ArrayList<Double>();
    var bare = new ArrayList<Double>();
    for (int i = 0; i < services * DELETIONS; i++) {
      bare.add(RefreshBench.bare(signer));
      ours.add(deletion(SECRETS + "/" + name(i % services)));
    }
    var made = new Sample(ours);
    var signed = new Sample(bare);
    String what = "services: deleted Secret to a new one, beside a bare certificate, ";
    return List.of(
        Row.beside(what + "p50", "ms", made, signed, new Goal.AtMost(500)),
        Row.beside(
            what + "p99", "ms", Sample.of(made.percentile(99)), signed, new Goal.AtMost(1500)));
  }

  private double deletion(String path) {
    long start = System.nanoTime();
    site.api().delete(path);
    while (!site.api().exists(path)) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException("there came no new Secret " + path);
      }
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private List<Row> rotated() throws IOException {
    Progress.say("Waiting for " + rotations + " rotations beside a client of each service");
    Map<String, JsonObject> current = secrets();
    var clients = new HashMap<String, ServiceClient>();
    for (Map.Entry<String, JsonObject> secret : current.entrySet()) {
      clients.put(
          secret.getKey(),
          new ServiceClient(
              site.plane().server(),
              site.plane().ca().certificate(),
              SECRETS + "/" + secret.getKey(),
              secret.getValue(),
              OVERLAP.dividedBy(2)));
    }
    List<ServiceClient> all = List.copyOf(clients.values());
    var ends = new HashMap<String, Instant>();
    current.forEach((name, secret) -> ends.put(name, certificate(secret).notAfter()));
    var spare = new ArrayList<Double>();
    Instant last = now().plus(LONGEST);
    while (spare.size() < rotations) {
      if (now().isAfter(last)) {
        throw new IllegalStateException("only " + spare.size() + " rotations came");
      }
      long begun = System.nanoTime();
      SideBySide.each(0, all.size(), AT_ONCE, number -> all.get(number).work());
      secrets()
          .forEach(
              (name, secret) -> {
                Instant end = certificate(secret).notAfter();
                Instant before = ends.put(name, end);
                if (!end.equals(before)) {
                  spare.add(Duration.between(now(), before).toMillis() / 1e3);
                  if (spare.size() % 50 == 0) {
                    Progress.say(spare.size() + " rotations");
                  }
                }
              });
      LockSupport.parkNanos(LOOK.toNanos() - (System.nanoTime() - begun));
    }
    all.forEach(ServiceClient::close);
    return rows(spare, all);
  }

  private static List<Row> rows(List<Double> spare, List<ServiceClient> clients) {
    List<String> failures = clients.stream().flatMap(one -> one.failures().stream()).toList();
    failures.stream().distinct().limit(5).forEach(failure -> Progress.say("failed: " + failure));
    int requests = clients.stream().mapToInt(ServiceClient::requests).sum();
    String what = "services: " + spare.size() + " rotations of certificates of 10 minutes, ";
    return List.of(
        Row.alone(
            what + "later than the overlap before the old one's end",
            "",
            Sample.of((double) spare.stream().filter(left -> left < OVERLAP.toSeconds()).count()),
            new Goal.AtMost(0)),
        Row.alone(what + "what was left of the old one", "s", new Sample(spare), new Goal.None()),
        Row.alone(
            what
                + "failed of "
                + requests
                + " requests of clients that fetch once in half the overlap",
            "",
            Sample.of(failures.size()),
            new Goal.AtMost(0)));
  }

  private Map<String, JsonObject> secrets() {
    var found = new HashMap<String, JsonObject>();
    for (JsonElement item : site.api().get(SECRETS).getAsJsonArray("items")) {
      JsonObject secret = item.getAsJsonObject();
      String name = secret.getAsJsonObject("metadata").get("name").getAsString();
      if (name.startsWith("service-")) {
        found.put(name, secret);
      }
    }
    return found;
  }

  private List<String> fingerprints() {
    return secrets().values().stream().map(secret -> certificate(secret).fingerprint()).toList();
  }

  private static ParsedCertificate certificate(JsonObject secret) {
    return ParsedCertificate.parse(
            Base64.getDecoder()
                .decode(secret.getAsJsonObject("data").get("cert.pem").getAsString()))
        .getFirst();
  }

  private static String declaration(String service) {
    return "- {name: "
        + service
        + ", lifetime: 10m, overlap: 3m, secret: "
        + NAMESPACE
        + "/"
        + service
        + ", roles: [bench-services], selfRenewal: true}\n";
  }

  /** What the component of the manifests has for one service, for all of these. */
  private String manifest() {
    String names =
        IntStream.range(0, services).mapToObj(ServicesBench::name).collect(joining(", "));
    return """
    apiVersion: v1
    kind: Namespace
    metadata: {name: bench-services}
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata: {name: bench-services}
    rules:
    - {apiGroups: [""], resources: [nodes], verbs: [list]}
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: maintain-kubeusers-services, namespace: bench-services}
    rules:
    - apiGroups: [""]
      resources: [secrets]
      resourceNames: [%s]
      verbs: [list, watch, patch, delete]
    - {apiGroups: [""], resources: [secrets], verbs: [create]}
    - {apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [bind]}
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata: {name: maintain-kubeusers-services, namespace: bench-services}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: maintain-kubeusers-services}
    subjects:
    - {kind: ServiceAccount, name: maintain-kubeusers, namespace: maintain-kubeusers}
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata: {name: maintain-kubeusers-services}
    rules:
    - apiGroups: [rbac.authorization.k8s.io]
      resources: [clusterroles]
      resourceNames: [bench-services]
      verbs: [bind]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: maintain-kubeusers-services}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: maintain-kubeusers-services}
    subjects:
    - {kind: ServiceAccount, name: maintain-kubeusers, namespace: maintain-kubeusers}
    """
            .formatted(names)
        + each(ServicesBench::renewal);
  }

  private static String renewal(String service) {
    return """
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata: {name: "maintain-kubeusers:service:%1$s:renewal", namespace: bench-services}
    rules:
    - {apiGroups: [""], resources: [secrets], resourceNames: [%1$s], verbs: [get]}
    """
        .formatted(service);
  }

  private String each(UnaryOperator<String> text) {
    return IntStream.range(0, services)
        .mapToObj(number -> text.apply(name(number)))
        .collect(joining());
  }

  private static String name(int number) {
    return "service-%03d".formatted(number);
  }

  private static Instant now() {
    return InstantSource.system().instant();
  }
}
