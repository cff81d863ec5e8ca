package io.github.maintainkubeusers.testing;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All that the program needs around it, for one test or one try-out: a control plane with the
 * manifests applied, a directory, a folder with homes, and configuration. The program itself runs
 * as a process of its own, with the rights of its ServiceAccount.
 */
public final class World {
  private static final String NAMESPACE = "maintain-kubeusers";
  private static final Path PROGRAM = Path.of("bin/maintain-kubeusers").toAbsolutePath();
  private static final Pattern OF_ACCOUNTS =
      Pattern.compile(
          "Namespace/tool-.*|ClusterRoleBinding/.*-binding/|CertificateSigningRequest/.*");

  private final ControlPlane plane;
  private final Optional<TestLdapServer> ldap;
  private final Path folder;

  /** Namespaces of worlds before this one, which it takes the API server some seconds to delete. */
  private final Set<String> leaving;

  private World(
      ControlPlane plane, Optional<TestLdapServer> ldap, Path folder, Set<String> leaving) {
    this.plane = plane;
    this.ldap = ldap;
    this.folder = folder;
    this.leaving = leaving;
  }

  /**
   * Sees that the manifests are applied, and lays out configuration and empty homes below a new
   * folder.
   */
  public static World create(ControlPlane plane, TestLdapServer ldap) {
    World world = layOut(plane, Optional.of(ldap));
    world.writeLdapFile(
        "servers: [\""
            + ldap.url()
            + "\"]\nuser: "
            + ldap.bindDn()
            + "\npassword: "
            + ldap.password()
            + "\n");
    return world;
  }

  /** The same for a directory that is somebody else's to make. */
  public static World create(ControlPlane plane) {
    return layOut(plane, Optional.empty());
  }

  private static World layOut(ControlPlane plane, Optional<TestLdapServer> ldap) {
    try {
      plane.applyOnce("manifests/base");
      Set<String> leaving = clean(plane.kubectl());
      Path folder = Files.createTempDirectory(plane.folder(), "world-");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      var world = new World(plane, ldap, folder, leaving);
      Files.createDirectories(world.toolHomes());
      Files.createDirectories(world.adminHomes());
      world.writeConfig("");
      world.connectTo(plane.server());
      return world;
    } catch (IOException e) {
      throw new UncheckedIOException("could not lay out a world", e);
    }
  }

  /** What another world left would look as if it had vanished from this one's directory. */
  private static Set<String> clean(Kubectl kubectl) {
    List<String> found =
        kubectl
            .get(
                "get",
                "namespaces,clusterrolebindings,certificatesigningrequests",
                "-o",
                "jsonpath={range"
                    + " .items[*]}{.kind}/{.metadata.name}/{.metadata.deletionTimestamp}{'\\n"
                    + "'}{end}")
            .lines()
            .filter(object -> OF_ACCOUNTS.matcher(object).matches())
            .toList();
    var deletion =
        new ArrayList<>(
            List.of(
                "delete",
                "-n",
                NAMESPACE,
                "--ignore-not-found",
                "--wait=false",
                "configmap/maintain-kubeusers",
                "configmap/maintain-kubeusers-tombstones",
                "configmap/maintain-kubeusers-allowance",
                "configmap/maintain-kubeusers-faults",
                "lease/maintain-kubeusers"));
    found.stream()
        .filter(object -> object.endsWith("/"))
        .forEach(object -> deletion.add(object.substring(0, object.length() - 1)));
    kubectl.get(deletion.toArray(String[]::new));
    return found.stream()
        .filter(object -> object.startsWith("Namespace/"))
        .map(object -> object.replaceAll("Namespace/(.*)/.*", "$1"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  public ControlPlane plane() {
    return plane;
  }

  public TestLdapServer ldap() {
    return ldap.orElseThrow();
  }

  public Path folder() {
    return folder;
  }

  public Path toolHomes() {
    return folder.resolve("project");
  }

  public Path adminHomes() {
    return folder.resolve("home");
  }

  public Path toolHome(String name) {
    return toolHomes().resolve(name);
  }

  public Path adminHome(String name) {
    return adminHomes().resolve(name);
  }

  /**
   * A tool in the directory. Root gives each its own user id; anybody else can only give their own.
   */
  public void addTool(String name, int uid) {
    awaitGone("tool-" + name);
    ldap().addTool(name, User.isRoot() ? uid : User.uid(), toolHome(name).toString());
  }

  /** Waits until of the worlds before this one no tool is left at all. */
  public void awaitEmpty() {
    List.copyOf(leaving).forEach(this::awaitGone);
  }

  void awaitGone(String namespace) {
    if (leaving.remove(namespace)) {
      Waiting.until(
          "the end of " + namespace,
          Duration.ofSeconds(60),
          () -> !plane.kubectl().run("get", "namespace", namespace).succeeded());
    }
  }

  public void addAdmins(int firstUid, String... names) {
    for (int i = 0; i < names.length; i++) {
      ldap()
          .addPerson(
              names[i], User.isRoot() ? firstUid + i : User.uid(), adminHome(names[i]).toString());
    }
    ldap().setAdmins(names);
  }

  /** Creates a pod, as the workload of a tool. No node runs it. */
  public void createPod(String namespace) {
    Waiting.until(
        "the namespace's service account",
        Duration.ofSeconds(60),
        () -> plane.kubectl().run("get", "serviceaccount", "default", "-n", namespace).succeeded());
    Waiting.untilPassed(
        Duration.ofSeconds(60),
        () ->
            plane
                .kubectl()
                .apply(
                    """
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: worker, namespace: %s}
                    spec:
                      automountServiceAccountToken: false
                      containers: [{name: c, image: none}]
                    """
                        .formatted(namespace)));
  }

  /** What somebody has who has taken a copy of a tool's credentials. */
  public Path copyOfHome(String tool) {
    try {
      Path copy = Files.createTempDirectory(folder, "copy-");
      for (String file :
          List.of(".kube/config", ".toolskube/client.crt", ".toolskube/client.key")) {
        Files.createDirectories(copy.resolve(file).getParent());
        Files.copy(toolHome(tool).resolve(file), copy.resolve(file));
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException("could not copy the home of " + tool, e);
    }
  }

  /** kubectl as the owner of this home would use it. */
  public Kubectl kubectl(Path home) {
    return plane.kubectl().with(home.resolve(".kube/config"));
  }

  /**
   * @param more further sections, as YAML; without one for telemetry, several controllers can run
   *     side by side
   */
  public void writeConfig(String more) {
    write(
        "config.yaml",
        (more.contains("telemetry:") ? "" : "telemetry: {port: 0}\n")
            + """
            accounts:
              toolRoots: ["%s"]
              adminRoots: ["%s"]
              sharedUids: %s
            %s
            """
                .formatted(toolHomes(), adminHomes(), !User.isRoot(), more));
  }

  /**
   * Has the program read a real server as the example of the layout says; TLS is as the server has
   * it.
   */
  public void connect(RealDirectory server, String layout, String user, String password) {
    writeLdapFile(
        "servers: [\"" + server.url() + "\"]\nuser: " + user + "\npassword: " + password + "\n");
    writeConfig(
        Documented.directory(layout).replaceAll("  (startTls|trustedCa): .*\n", "")
            + server.ca().map(file -> "  trustedCa: " + file + "\n").orElse(""));
  }

  public void writeLdapFile(String text) {
    write("ldap.yaml", text);
  }

  /**
   * Runs the program to its end. What only an operator may allow is run with an operator's rights.
   */
  public ProgramRun run(String... arguments) {
    boolean operators = List.of(arguments).contains("allow-removals");
    return ProgramRun.start(
            folder, command(arguments), operators ? plane.adminKubeconfig() : kubeconfig())
        .await();
  }

  /**
   * Runs a script as an admin would, in the world's folder, with kubectl and this program as
   * commands.
   */
  public Kubectl.Result shell(String script) {
    Path bin = folder.resolve("bin");
    try {
      Files.createDirectories(bin);
      Path command = bin.resolve("maintain-kubeusers");
      Files.writeString(
          command,
          "#!/bin/sh\nexec "
              + PROGRAM
              + " \"$@\" --config="
              + folder.resolve("config.yaml")
              + " --ldapconfig="
              + folder.resolve("ldap.yaml")
              + "\n");
      Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException("could not make a command of the program", e);
    }
    var builder =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", script).directory(folder.toFile());
    builder.environment().put("KUBECONFIG", plane.adminKubeconfig().toString());
    builder
        .environment()
        .merge(
            "PATH",
            bin + ":" + plane.kubectl().program().getParent(),
            (path, folders) -> folders + ":" + path);
    return Kubectl.call("", builder);
  }

  /** Starts the program. */
  public ProgramRun start(String... arguments) {
    return ProgramRun.start(folder, command(arguments), kubeconfig());
  }

  /** Starts the program as the pod of that name would be started. */
  public ProgramRun startPod(String name, String... arguments) {
    return startWith("POD_NAME=" + name, arguments);
  }

  /**
   * Runs these commands, one after the other, so that the JVM writes what it has learned of its
   * classes into the file when the last one ends.
   */
  ProgramRun startLearning(Path file, String... commands) {
    String rehearsal =
        Arrays.stream(commands)
            .map(command -> command + " " + String.join(" ", options()) + "\n")
            .collect(joining());
    return ProgramRun.start(
        folder,
        List.of(
            "env",
            "MAINTAIN_KUBEUSERS_AOT_OUTPUT=" + file,
            PROGRAM.toString(),
            "rehearse",
            write("rehearsal", rehearsal).toString()),
        kubeconfig());
  }

  /** Starts the program so that it knows these names of hosts, and no others. */
  public ProgramRun startWithHosts(String hosts, String... arguments) {
    return startWith("JAVA_TOOL_OPTIONS=-Djdk.net.hosts.file=" + write("hosts", hosts), arguments);
  }

  private ProgramRun startWith(String variable, String... arguments) {
    var command = new ArrayList<>(List.of("env", variable));
    command.addAll(command(arguments));
    return ProgramRun.start(folder, command, kubeconfig());
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(PROGRAM.toString());
    command.addAll(List.of(arguments));
    command.addAll(options());
    return command;
  }

  private List<String> options() {
    return List.of(
        "--local",
        "--config=" + folder.resolve("config.yaml"),
        "--ldapconfig=" + folder.resolve("ldap.yaml"));
  }

  /**
   * By which the program reaches the API server: with the token of its ServiceAccount, if not told
   * otherwise.
   */
  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  /**
   * Lets the program reach the API server at another address, with the token of its ServiceAccount.
   */
  public void connectTo(String server) {
    write("kubeconfig", serviceAccountKubeconfig(server, "maintain-kubeusers"));
  }

  /** Lets the program be a member of {@code system:masters}, as an admin's commands are. */
  public void connectAsAdmin() {
    try {
      writeKubeconfig(Files.readString(plane.adminKubeconfig()));
    } catch (IOException e) {
      throw new UncheckedIOException("could not read the admin's kubeconfig", e);
    }
  }

  /** Lets the program be somebody who has no rights. */
  public void connectAsNobody() {
    write("kubeconfig", serviceAccountKubeconfig(plane.server(), "default"));
  }

  public void writeKubeconfig(String text) {
    write("kubeconfig", text);
  }

  /**
   * With a token as the pod would have it: neither kubectl 1.20 nor its server know of a simpler
   * way.
   */
  private String serviceAccountKubeconfig(String server, String account) {
    Path request =
        write(
            "token-request.json",
            "{\"apiVersion\": \"authentication.k8s.io/v1\", \"kind\": \"TokenRequest\", \"spec\":"
                + " {}}");
    String token =
        plane
            .kubectl()
            .get(
                "create",
                "--raw",
                "/api/v1/namespaces/" + NAMESPACE + "/serviceaccounts/" + account + "/token",
                "-f",
                request.toString())
            .replaceAll("(?s).*\"token\":\"([^\"]+)\".*", "$1");
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: test
      cluster: {server: "%s", certificate-authority: "%s"}
    contexts:
    - name: test
      context: {cluster: test, user: test}
    users:
    - name: test
      user: {token: "%s"}
    current-context: test
    """
        .formatted(server, plane.trust(), token);
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + name, e);
    }
  }
}
