package io.github.maintainkubeusers.testing;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * etcd, kube-apiserver and kube-controller-manager on free loopback ports, with certificates of
 * their own.
 */
public final class ControlPlane implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);

  /** Enough for the signer not to be what a test waits for. */
  private static final int SIGNER_QPS = 500;

  private static final Duration YEAR = Duration.ofDays(365);

  private final Path folder;
  private final List<String> moreControllers;
  private final Binaries binaries;
  private final Authority ca;
  private Authority signer;
  private final List<Authority> trusted = new ArrayList<>();
  private Optional<Path> clientCas = Optional.empty();
  private final Set<String> applied = new HashSet<>();
  private final int etcdPort = FreePorts.next();
  private final int etcdPeerPort = FreePorts.next();
  private final int apiPort = FreePorts.next();
  private final int managerPort = FreePorts.next();
  private final Kubectl kubectl;
  private ServerProcess etcd;
  private ServerProcess apiServer;
  private ServerProcess controllerManager;

  private ControlPlane(Path folder, List<String> moreControllers) {
    this.folder = folder;
    this.moreControllers = List.copyOf(moreControllers);
    this.binaries = Binaries.find();
    this.ca =
        Authority.create(folder, "ca")
            .issue("etcd", "CN=etcd")
            .issue("apiserver", "CN=kube-apiserver")
            .issue("admin", "O=system:masters,CN=test-admin")
            .issue("controller-manager", "CN=system:kube-controller-manager")
            .issue("service-accounts", "CN=service-accounts");
    this.signer = ca;
    this.trusted.add(ca);
    this.kubectl =
        new Kubectl(
            Path.of(binaries.path("kubectl")),
            folder.resolve("admin.kubeconfig"),
            folder.resolve("kubectl-cache"));
  }

  /** Starts all three and returns when they do their work: about 10 s. */
  public static ControlPlane start() {
    return start(List.of());
  }

  /**
   * @param moreControllers than those that a cluster without nodes needs
   */
  public static ControlPlane start(List<String> moreControllers) {
    var plane = new ControlPlane(Leftovers.newFolder("control-plane"), moreControllers);
    try {
      plane.startAll();
      return plane;
    } catch (RuntimeException e) {
      plane.close();
      throw e;
    }
  }

  /**
   * From the next starts on, these sign clients' certificates, show who the API server is, and are
   * trusted.
   */
  public void setAuthorities(Authority forClients, Authority forServer, Authority... trustedOnes) {
    signer = forClients;
    Object _ = forServer.issue("apiserver", "CN=kube-apiserver");
    trusted.clear();
    trusted.addAll(List.of(trustedOnes));
    Object _ =
        trustedOnes[trustedOnes.length - 1]
            .issue("admin", "O=system:masters,CN=test-admin")
            .issue("controller-manager", "CN=system:kube-controller-manager");
    writeTrust();
  }

  /** A cluster whose API server knows clients by another authority than clients know it by. */
  public static ControlPlane startWithClientCa() {
    var plane = new ControlPlane(Leftovers.newFolder("control-plane"), List.of());
    plane.setClientCa(Authority.create(plane.folder, "client-ca"));
    try {
      plane.startAll();
      return plane;
    } catch (RuntimeException e) {
      plane.close();
      throw e;
    }
  }

  /**
   * From the next starts on, it signs clients' certificates, and the API server knows clients by it
   * alone.
   */
  public void setClientCa(Authority authority) {
    setClientCas(authority, authority);
  }

  /**
   * From the next starts on, one signs clients' certificates, and the API server knows clients by
   * the others.
   */
  public void setClientCas(Authority signing, Authority... accepted) {
    signer = signing;
    Object _ =
        accepted[accepted.length - 1]
            .issue("admin", "O=system:masters,CN=test-admin")
            .issue("controller-manager", "CN=system:kube-controller-manager");
    write("client-cas.crt", bundle(List.of(accepted)));
    clientCas = Optional.of(folder.resolve("client-cas.crt"));
  }

  /** The certificates of the authorities that clients should trust, as PEM, in a file. */
  public Path trust() {
    return folder.resolve("trust.crt");
  }

  public String server() {
    return "https://127.0.0.1:" + apiPort;
  }

  public Authority ca() {
    return ca;
  }

  /** Where etcd listens for clients. */
  public int etcdPort() {
    return etcdPort;
  }

  /** kubectl as a member of {@code system:masters}. */
  public Kubectl kubectl() {
    return kubectl;
  }

  /** The kubeconfig of a member of {@code system:masters}. */
  public Path adminKubeconfig() {
    return folder.resolve("admin.kubeconfig");
  }

  /** Where kubelet and containerd are, too, when {@code dev/control-plane --node} has been run. */
  public Path binary(String name) {
    return Path.of(binaries.path(name));
  }

  /** Scratch space that goes when the control plane does. */
  public Path folder() {
    return folder;
  }

  /** Applies a folder of manifests, unless that was done before. */
  void applyOnce(String manifests) {
    if (applied.add(manifests)) {
      kubectl.apply(Manifests.of(kubectl, manifests));
    }
  }

  public AuditLog auditLog() {
    return new AuditLog(folder.resolve("audit.log"));
  }

  /** At once: it would wait for the ends of watches, which their clients do not end. */
  public void stopApiServer() {
    apiServer.kill();
  }

  public void startApiServer() {
    apiServer = ServerProcess.start(folder, "kube-apiserver", apiServerCommand());
    apiServer.await(this::isReady, START);
  }

  public void stopControllerManager() {
    controllerManager.close();
  }

  public void startControllerManager() {
    startControllerManager(SIGNER_QPS);
  }

  /**
   * @param qps calls in a second that each of its controllers makes at most, the signer among them;
   *     its default is 20
   */
  public void startControllerManager(int qps) {
    startControllerManager(qps, YEAR);
  }

  /**
   * @param life of what is signed: this version does not look at what a request asks for
   */
  public void startControllerManager(int qps, Duration life) {
    controllerManager =
        ServerProcess.start(folder, "kube-controller-manager", controllerManagerCommand(qps, life));
    controllerManager.await(
        () -> kubectl.run("get", "serviceaccount", "default", "-n", "default").succeeded(), START);
  }

  /** With the authorities that were set meanwhile. */
  public void restart() {
    stopControllerManager();
    stopApiServer();
    startApiServer();
    startControllerManager();
  }

  /** Everything ends, etcd's data are exchanged or copied, and everything starts again. */
  public void restartWith(Consumer<Path> changeData) {
    controllerManager.close();
    apiServer.kill();
    etcd.close();
    changeData.accept(folder.resolve("etcd"));
    etcd = ServerProcess.start(folder, "etcd", etcdCommand());
    startApiServer();
    startControllerManager();
  }

  @Override
  public void close() {
    for (ServerProcess process : new ServerProcess[] {controllerManager, apiServer, etcd}) {
      if (process != null) {
        process.close();
      }
    }
    Leftovers.delete(folder);
  }

  /**
   * Ends all that was started in this run, programs and other servers as well: when a signal ends
   * the run.
   */
  public void breakOff() {
    Leftovers.end(folder);
  }

  private void startAll() {
    writeFiles();
    etcd = ServerProcess.start(folder, "etcd", etcdCommand());
    startApiServer();
    startControllerManager();
    kubectl.apply(clusterInfo());
  }

  private boolean isReady() {
    return kubectl.run("get", "--raw", "/readyz").succeeded();
  }

  private void writeTrust() {
    write("trust.crt", bundle(trusted));
  }

  private static String bundle(List<Authority> authorities) {
    return authorities.stream().map(Authority::pem).collect(joining());
  }

  private void writeFiles() {
    writeTrust();
    write("admin.kubeconfig", kubeconfig("admin"));
    write("controller-manager.kubeconfig", kubeconfig("controller-manager"));
    write(
        "audit-policy.yaml",
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived, ResponseStarted]
        rules:
        - level: None
          users: ["system:apiserver", "system:kube-controller-manager"]
        - level: Metadata
        """);
  }

  private String kubeconfig(String user) {
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
      user: {client-certificate: "%s", client-key: "%s"}
    current-context: test
    """
        .formatted(server(), trust(), path(user + ".crt"), path(user + ".key"));
  }

  /** Says what clients should trust, as an operator does who rotates the authorities. */
  public void publishTrust() {
    kubectl.apply(clusterInfo());
  }

  /** The object that kubeadm makes in every cluster. */
  private String clusterInfo() {
    try {
      String authority = Base64.getEncoder().encodeToString(Files.readAllBytes(trust()));
      return """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: cluster-info, namespace: kube-public}
      data:
        kubeconfig: |
          apiVersion: v1
          kind: Config
          clusters:
          - name: ""
            cluster: {server: "%s", certificate-authority-data: "%s"}
      """
          .formatted(server(), authority);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> etcdCommand() {
    String client = "https://127.0.0.1:" + etcdPort;
    String peer = "https://127.0.0.1:" + etcdPeerPort;
    return List.of(
        binaries.path("etcd"),
        "--name=test",
        "--data-dir=" + path("etcd"),
        "--log-level=warn",
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--client-cert-auth",
        "--cert-file=" + path("etcd.crt"),
        "--key-file=" + path("etcd.key"),
        "--trusted-ca-file=" + path("ca.crt"),
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=test=" + peer,
        "--peer-client-cert-auth",
        "--peer-cert-file=" + path("etcd.crt"),
        "--peer-key-file=" + path("etcd.key"),
        "--peer-trusted-ca-file=" + path("ca.crt"));
  }

  private List<String> apiServerCommand() {
    return List.of(
        binaries.path("kube-apiserver"),
        "--bind-address=127.0.0.1",
        "--secure-port=" + apiPort,
        "--etcd-servers=https://127.0.0.1:" + etcdPort,
        "--etcd-cafile=" + path("ca.crt"),
        "--etcd-certfile=" + path("etcd.crt"),
        "--etcd-keyfile=" + path("etcd.key"),
        "--tls-cert-file=" + path("apiserver.crt"),
        "--tls-private-key-file=" + path("apiserver.key"),
        "--client-ca-file=" + clientCas.orElseGet(this::trust),
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + path("service-accounts.crt"),
        "--service-account-signing-key-file=" + path("service-accounts.key"),
        "--authorization-mode=RBAC",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--endpoint-reconciler-type=none",
        "--audit-log-path=" + path("audit.log"),
        "--audit-policy-file=" + path("audit-policy.yaml"));
  }

  private List<String> controllerManagerCommand(int qps, Duration life) {
    var command =
        new ArrayList<>(
            List.of(
                binaries.path("kube-controller-manager"),
                "--bind-address=127.0.0.1",
                "--secure-port=" + managerPort,
                "--kubeconfig=" + path("controller-manager.kubeconfig"),
                "--leader-elect=false",
                "--use-service-account-credentials=true",
                "--root-ca-file=" + trust(),
                "--service-account-private-key-file=" + path("service-accounts.key"),
                "--cluster-signing-cert-file=" + signer.certificate(),
                "--cluster-signing-duration=" + life.toSeconds() + "s",
                "--cluster-signing-key-file=" + signer.key(),
                "--kube-api-qps=" + qps,
                "--kube-api-burst=" + Math.max(30, qps),
                "--controllers=csrapproving,csrcleaner,csrsigning,namespace,root-ca-cert-publisher,serviceaccount,"
                    + "serviceaccount-token,resourcequota,garbagecollector,clusterrole-aggregation"));
    command.addAll(moreControllers.stream().map(name -> "--controllers=" + name).toList());
    if (kubectl.serverMinor() < 24) {
      command.add("--port=0"); // the unauthenticated port, which later versions do not have
    }
    return command;
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void write(String name, String text) {
    try {
      Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write " + name, e);
    }
  }

  static boolean isOpen(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }
}
