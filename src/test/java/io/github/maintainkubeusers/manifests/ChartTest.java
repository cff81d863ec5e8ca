package io.github.maintainkubeusers.manifests;

import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.Services;
import io.github.maintainkubeusers.plan.DesiredObject;
import io.github.maintainkubeusers.plan.ManagedObject;
import io.github.maintainkubeusers.template.TemplateCatalogue;
import io.github.maintainkubeusers.template.Templates;
import io.github.maintainkubeusers.testing.Helm;
import io.github.maintainkubeusers.testing.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart and the folders for kustomize are two ways to the same objects. */
class ChartTest {
  private static final String CONFIG = "ConfigMap/maintain-kubeusers-config";

  @TempDir Path folder;

  private Helm helm;

  @BeforeEach
  void find() {
    helm = Helm.find(folder);
  }

  @Test
  void hasTheObjectsOfTheBase() {
    Map<String, Object> chart = ofChart("image: {tag: latest}");
    Map<String, Object> base = ofKustomize(Path.of("manifests/base"));

    assertThat(base).hasSizeGreaterThan(10);
    assertEqual(chart, base);
  }

  @ParameterizedTest
  @CsvSource({"tools", "toolsbeta"})
  void hasTheObjectsOfAnOverlay(String project) {
    assertEqual(
        ofChart("project: " + project), ofKustomize(Path.of("manifests/overlays", project)));
  }

  @Test
  void hasTheObjectsOfEveryComponent() throws IOException {
    Path real = folder.toRealPath();
    Path manifests = Path.of("manifests").toRealPath();
    List<String> components;
    try (var found = Files.list(manifests.resolve("components"))) {
      components = found.map(component -> real.relativize(component).toString()).sorted().toList();
    }
    Files.writeString(
        real.resolve("kustomization.yaml"),
        "resources: [%s]\ncomponents: %s\n"
            .formatted(real.relativize(manifests.resolve("base")), components));

    Map<String, Object> chart =
        ofChart(
            """
            image: {tag: latest}
            certificates: {enabled: true}
            gateway: {enabled: true}
            takeOver: {enabled: true}
            services: {enabled: true}
            confine: {enabled: true}
            podPolicy: {enabled: true}
            podDefaults: {enabled: true}
            ingressHosts: {enabled: true}
            imageRegistries: {enabled: true}
            priority: {enabled: true}
            podSecurity: {enabled: true}
            monitoring: {enabled: true}
            """);

    assertThat(components).hasSize(12);
    assertEqual(chart, ofKustomize(real));
  }

  @Test
  void leavesOutWhatItIsToldTo() {
    Map<String, Object> chart =
        ofChart(
            "{roles: {create: false}, networkPolicy: {enabled: false}, gateway: {enabled: true}}");

    assertThat(chart)
        .doesNotContainKeys(
            "ClusterRole/tools-user",
            "ClusterRole/k8s-admin",
            "NetworkPolicy/maintain-kubeusers/maintain-kubeusers",
            // Alone, it would keep out all others.
            "NetworkPolicy/maintain-kubeusers/maintain-kubeusers-gateway")
        .containsKeys(
            "ClusterRole/maintain-kubeusers",
            "Deployment/maintain-kubeusers/maintain-kubeusers",
            "Service/maintain-kubeusers/maintain-kubeusers-gateway");
  }

  @Test
  void putsListsIntoPolicies() {
    Map<String, Object> chart =
        ofChart(
            """
            podPolicy: {enabled: true, hostPaths: [/srv/tools]}
            ingressHosts: {enabled: true, domains: [tools.example.com, example.net]}
            imageRegistries: {enabled: true, registries: [images.example.com/tools/]}
            """);

    assertThat(chart.get("ValidatingAdmissionPolicy/maintain-kubeusers-pods").toString())
        .contains("expression=[\"/srv/tools\"], name=hostPaths");
    assertThat(chart.get("ValidatingAdmissionPolicy/maintain-kubeusers-ingresses").toString())
        .contains("expression=[\"tools.example.com\",\"example.net\"], name=domains");
    assertThat(chart.get("ValidatingAdmissionPolicy/maintain-kubeusers-images").toString())
        .contains("expression=[\"images.example.com/tools/\"], name=registries");
  }

  @Test
  void understandsTheFormerServicesQuotas() throws IOException {
    Object overrides =
        data(
            """
            overrides: {plain: {quota: {pods: 7}, owner: alice, reason: T2}}
            quotas:
              overrides:
                former:
                  {version: T1, cpu: 16, memory: 24, pod_cpu: 500m, pod_memory: 8, jobs: 30, cronjobs: 128,
                   deployments: 10, services: 5}
            """,
            "overrides.yaml");
    Path file = Files.writeString(folder.resolve("overrides.yaml"), overrides.toString());
    var catalogue =
        new TemplateCatalogue(
            Templates.load(Optional.empty()), file, Services.NONE, InstantSource.system());

    assertThat(spec(catalogue, "former", ManagedObject.RESOURCE_QUOTA).toString())
        .contains("requests.cpu=16", "limits.cpu=16", "requests.memory=24Gi", "limits.memory=24Gi")
        .contains("count/jobs.batch=30", "count/cronjobs.batch=128", "count/deployments.apps=10")
        .contains("services=5", "pods=10");
    assertThat(spec(catalogue, "former", ManagedObject.LIMIT_RANGE).toString())
        .contains("max={cpu=500m, memory=8Gi}");
    assertThat(spec(catalogue, "plain", ManagedObject.RESOURCE_QUOTA).toString())
        .contains("pods=7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quota: {}                                      | additional properties 'quota' not"
            + " allowed",
        "quotas: {overrides: {a: {mem: 1}}}             | additional properties 'mem' not allowed",
        "quotas: {overrides: {a: {memory: 1Gi}}}        | /quotas/overrides/a/memory",
        "overrides: {a: {quota: {pods: 1}}}             | missing properties 'owner', 'reason'",
        "replicas: two                                  | /replicas",
        "{overrides: {a: {owner: b, reason: c}}, quotas: {overrides: {a: {}}}} | tool a is in"
            + " overrides and in",
      })
  void refusesWhatMakesNoSense(String values, String complaint) throws IOException {
    Path file = Files.writeString(folder.resolve("wrong.yaml"), values);

    Kubectl.Result result = helm.run("template", "x", Helm.CHART.toString(), "--values=" + file);

    assertThat(result.succeeded()).isFalse();
    assertThat(result.errors()).contains(complaint);
  }

  /** Whoever reads the file of values sees all that there is to set. */
  @Test
  void documentsEveryValue() throws IOException {
    Map<String, Object> values =
        Helm.objects(Files.readString(Helm.CHART.resolve("values.yaml"))).getFirst();
    Map<String, Object> schema =
        Helm.objects(Files.readString(Helm.CHART.resolve("values.schema.json"))).getFirst();
    Map<String, Object> properties = mapping(schema.get("properties"));

    assertThat(properties.remove("global")).as("Helm's own").isNotNull();
    assertThat(properties.keySet()).isEqualTo(values.keySet());
  }

  @Test
  void changesThePodsAsValuesSay() {
    Map<String, Object> chart =
        ofChart(
            """
            image: {repository: registry/mk, tag: "7", pullPolicy: Never}
            replicas: 3
            homes: {tools: {path: /srv/tools}, admins: {volume: {nfs: {server: nfs, path: /home}}}}
            ldap: {secretName: directory}
            extraCapabilities: [DAC_OVERRIDE]
            env: [{name: HTTPS_PROXY, value: proxy}]
            podSpec: {nodeSelector: {homes: mounted}}
            templates: {isolation.large.yaml: ""}
            """);

    assertThat(chart.get("Deployment/maintain-kubeusers/maintain-kubeusers").toString())
        .contains("replicas=3", "image=registry/mk:7", "imagePullPolicy=Never")
        .contains("hostPath={path=/srv/tools, type=Directory}", "mountPath=/data/project")
        .contains("nfs={path=/home, server=nfs}", "secretName=directory")
        .contains("add=[SETUID, SETGID, CHOWN, DAC_OVERRIDE]", "name=HTTPS_PROXY", "name=POD_NAME")
        .contains("nodeSelector={homes=mounted}", "path=templates/isolation.large.yaml");
  }

  private static void assertEqual(Map<String, Object> chart, Map<String, Object> kustomize) {
    assertThat(chart.keySet()).isEqualTo(kustomize.keySet());
    assertThat(chart)
        .allSatisfy((name, object) -> assertThat(object).isEqualTo(kustomize.get(name)));
  }

  private Map<String, Object> ofChart(String values) {
    return comparable(helm.template(values));
  }

  /** The namespace is for the operator to make before a chart can be installed into it. */
  private Map<String, Object> ofKustomize(Path manifests) {
    Map<String, Object> objects =
        comparable(Helm.objects(helm.kubectl().get("kustomize", manifests.toString())));
    assertThat(objects.remove("Namespace/maintain-kubeusers")).isNotNull();
    return objects;
  }

  /** Without what each of the two does so that pods follow a changed ConfigMap. */
  private static Map<String, Object> comparable(List<Map<String, Object>> objects) {
    var comparable = new TreeMap<String, Object>();
    for (Map<String, Object> object : objects) {
      Map<String, Object> plain = mapping(withoutHashes(object));
      Map<String, Object> metadata = mapping(plain.get("metadata"));
      if (plain.get("kind").equals("Deployment")) {
        Map<String, Object> pod =
            mapping(mapping(mapping(plain.get("spec")).get("template")).get("metadata"));
        pod.remove("annotations");
      }
      if (plain.get("kind").equals("ConfigMap")) {
        mapping(plain.get("data")).replaceAll((_, text) -> Helm.objects(text.toString()));
      }
      metadata.remove("annotations", Map.of("helm.sh/resource-policy", "keep"));
      Object namespace = metadata.get("namespace");
      String name =
          plain.get("kind")
              + "/"
              + (namespace == null ? "" : namespace + "/")
              + metadata.get("name");
      assertThat(comparable.put(name, plain)).as(name).isNull();
    }
    return comparable;
  }

  private static Object withoutHashes(Object value) {
    return switch (value) {
      case Map<?, ?> mapping -> {
        var copy = new TreeMap<String, Object>();
        mapping.forEach((key, inner) -> copy.put(key.toString(), withoutHashes(inner)));
        copy.computeIfPresent("volumes", (_, volumes) -> byName(volumes));
        yield copy;
      }
      case List<?> list -> list.stream().map(ChartTest::withoutHashes).toList();
      case String text ->
          text.replaceAll("^(maintain-kubeusers-(?:config|templates))-[a-z0-9]{10}$", "$1");
      case null -> "";
      default -> value.toString();
    };
  }

  /** A strategic merge puts what it changes first; the order of volumes means nothing. */
  private static Object byName(Object volumes) {
    return ((List<?>) volumes)
        .stream().sorted(comparing(volume -> mapping(volume).get("name").toString())).toList();
  }

  private Object data(String values, String key) {
    return helm.template(values).stream()
        .filter(
            object ->
                (object.get("kind") + "/" + mapping(object.get("metadata")).get("name"))
                    .equals(CONFIG))
        .map(object -> mapping(object.get("data")).get(key))
        .findFirst()
        .orElseThrow();
  }

  private static Object spec(TemplateCatalogue catalogue, String tool, ManagedObject object) {
    return catalogue
        .of(AccountId.tool(tool))
        .objects()
        .filter(desired -> desired.object().equals(object))
        .map(DesiredObject::content)
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> mapping(Object value) {
    return (Map<String, Object>) value;
  }
}
