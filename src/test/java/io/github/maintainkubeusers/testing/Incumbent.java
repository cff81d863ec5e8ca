package io.github.maintainkubeusers.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;

/**
 * Provisions as the service did that is succeeded: its objects, its files, its certificates without
 * a generation.
 */
public final class Incumbent {
  private static final DateTimeFormatter EXPIRY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private final World world;
  private final Kubectl kubectl;

  public Incumbent(World world) {
    this.world = world;
    this.kubectl = world.plane().kubectl();
  }

  public void provisionTool(String name, int uid) {
    String namespace = "tool-" + name;
    world.awaitGone(namespace);
    String expires =
        writeHome(world.toolHome(name), ".toolskube", name, "toolforge", namespace, uid);
    kubectl.apply(
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: %1$s, labels: {name: %1$s, tenancy: tool}}
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: %1$s, namespace: %1$s}
        spec:
          hard: {requests.cpu: "2", requests.memory: 6Gi, limits.cpu: "2", limits.memory: 8Gi, pods: "10",
            services: "1", services.nodeports: "0", replicationcontrollers: "1", secrets: "10",
            configmaps: "10", persistentvolumeclaims: "3", count/cronjobs.batch: "50", count/jobs.batch: "15",
            count/deployments.apps: "3"}
        ---
        apiVersion: v1
        kind: LimitRange
        metadata: {name: %1$s, namespace: %1$s}
        spec:
          limits: [{type: Container, default: {cpu: 500m, memory: 512Mi},
            defaultRequest: {cpu: 150m, memory: 256Mi}, max: {cpu: "1", memory: 4Gi},
            min: {cpu: 50m, memory: 100Mi}}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: %2$s-tool-binding, namespace: %1$s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: tools-user}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %2$s}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: maintain-kubeusers, namespace: %1$s}
        data: {status: user created, expires: "%3$s"}
        """
            .formatted(namespace, name, expires));
  }

  /** As newer versions of it call the record. */
  public void renameRecord(String name) {
    String namespace = "tool-" + name;
    String expires =
        kubectl.get(
            "get",
            "configmap",
            "maintain-kubeusers",
            "-n",
            namespace,
            "-o",
            "jsonpath={.data.expires}");
    kubectl.get(
        "create",
        "configmap",
        "maintain-kubeusers-" + name,
        "-n",
        namespace,
        "--from-literal=status=user created",
        "--from-literal=expires=" + expires);
    kubectl.get("delete", "configmap", "maintain-kubeusers", "-n", namespace);
  }

  /** As it did while Kubernetes had PodSecurityPolicies. */
  public void makePodSecurityPolicy(String name) {
    kubectl.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: tool-%1$s-psp, namespace: tool-%1$s}
        rules:
        - {apiGroups: [policy], resources: [podsecuritypolicies], resourceNames: [tool-%1$s-psp], verbs: [use]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: %1$s-psp-binding, namespace: tool-%1$s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: tool-%1$s-psp}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %1$s}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: default-%1$s-psp-binding, namespace: tool-%1$s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: tool-%1$s-psp}
        subjects: [{kind: ServiceAccount, name: default, namespace: tool-%1$s}]
        """
            .formatted(name));
    if (kubectl.serverMinor() < 25) {
      kubectl.apply(
          """
          apiVersion: policy/v1beta1
          kind: PodSecurityPolicy
          metadata: {name: tool-%1$s-psp}
          spec:
            seLinux: {rule: RunAsAny}
            supplementalGroups: {rule: RunAsAny}
            runAsUser: {rule: RunAsAny}
            fsGroup: {rule: RunAsAny}
          """
              .formatted(name));
    }
  }

  public void provisionAdmin(String name, int uid) {
    String expires = writeHome(world.adminHome(name), ".admkube", name, "admins", "default", uid);
    kubectl.apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: %1$s-view-binding}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %1$s}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: %1$s-binding}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: k8s-admin}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %1$s}]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: maintain-kubeusers, namespace: maintain-kubeusers}
        data: {%1$s: "%2$s"}
        """
            .formatted(name, expires));
  }

  /** What is still in its format says when the certificate in a home ends. */
  public static String expiry(Path certificate) {
    return EXPIRY.format(Certificates.notAfter(certificate));
  }

  /**
   * @return when the certificate ends, as it is recorded
   */
  private String writeHome(
      Path home, String folder, String name, String organization, String namespace, int uid) {
    try {
      Path issued = Files.createTempDirectory(world.folder(), "issued-");
      world.plane().ca().issueTo(issued, "client", "O=" + organization + ",CN=" + name);
      Files.createDirectories(home.resolve(".kube"));
      Files.createDirectories(home.resolve(folder));
      Files.copy(issued.resolve("client.crt"), home.resolve(folder + "/client.crt"));
      Files.copy(issued.resolve("client.key"), home.resolve(folder + "/client.key"));
      Files.writeString(home.resolve(".kube/config"), kubeconfig(folder, name, namespace));
      for (String path :
          List.of(
              "",
              ".kube",
              folder,
              ".kube/config",
              folder + "/client.crt",
              folder + "/client.key")) {
        Path file = home.resolve(path);
        Files.setAttribute(
            file,
            "unix:mode",
            path.isEmpty()
                ? 02775
                : Files.isDirectory(file) ? 0775 : path.endsWith("config") ? 0600 : 0400);
        if (User.isRoot()) {
          Files.setAttribute(file, "unix:uid", uid);
          Files.setAttribute(file, "unix:gid", uid);
        }
      }
      return expiry(issued.resolve("client.crt"));
    } catch (IOException e) {
      throw new UncheckedIOException("could not lay out the home of " + name, e);
    }
  }

  private String kubeconfig(String folder, String name, String namespace) throws IOException {
    String authority =
        Base64.getEncoder().encodeToString(Files.readAllBytes(world.plane().ca().certificate()));
    return """
    apiVersion: v1
    clusters:
    - cluster:
        certificate-authority-data: %s
        server: %s
      name: toolforge
    contexts:
    - context:
        cluster: toolforge
        namespace: %s
        user: tf-%s
      name: toolforge
    current-context: toolforge
    kind: Config
    users:
    - name: tf-%s
      user:
        client-certificate: %s/client.crt
        client-key: %s/client.key
    """
        .formatted(
            authority,
            world.plane().server(),
            namespace,
            name,
            name,
            "../" + folder,
            "../" + folder);
  }
}
