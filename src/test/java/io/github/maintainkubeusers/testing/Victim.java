package io.github.maintainkubeusers.testing;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * An account whose home a thief can read.
 *
 * @param home where the directory says that it is
 */
public record Victim(World world, boolean isAdmin, String name, Path home) {
  private static final String RECORD = "maintain-kubeusers";

  public Victim {
    requireNonNull(world, "world is null");
    requireNonNull(name, "name is null");
    requireNonNull(home, "home is null");
  }

  public static Victim tool(World world, String name) {
    return new Victim(world, false, name, world.toolHome(name));
  }

  public static Victim admin(World world, String name) {
    return new Victim(world, true, name, world.adminHome(name));
  }

  /** The same name with another home, as a new owner has it. */
  public Victim in(Path otherHome) {
    return new Victim(world, isAdmin, name, otherHome);
  }

  public String namespace() {
    return "tool-" + name;
  }

  public Path certificate() {
    return home.resolve(isAdmin ? ".admkube/client.crt" : ".toolskube/client.crt");
  }

  public Path key() {
    return certificate().resolveSibling("client.key");
  }

  public Path kubeconfig() {
    return home.resolve(".kube/config");
  }

  /** kubectl as the owner uses it. */
  public Kubectl kubectl() {
    return world.kubectl(home);
  }

  /** Asks for new credentials, as the owner does, or an admin who is asked by the owner. */
  public void requestCredentials() {
    if (isAdmin) {
      clusterAdmin()
          .get(
              "patch",
              "configmap",
              RECORD,
              "-n",
              RECORD,
              "--type=merge",
              "-p",
              "{\"data\": {\"" + name + "\": null}}");
    } else {
      clusterAdmin().get("delete", "configmap", RECORD, "-n", namespace());
    }
  }

  /** An annotation of a tool's record, without its prefix; empty when there is none. */
  public String recorded(String annotation) {
    return clusterAdmin()
        .get(
            "get",
            "namespace",
            namespace(),
            "--ignore-not-found",
            "-o",
            "jsonpath={.metadata.annotations.maintain-kubeusers/" + annotation + "}");
  }

  /** What a tool's owner is told; empty when the ConfigMap is not there. */
  public String status() {
    return clusterAdmin()
        .get(
            "get",
            "configmap",
            RECORD,
            "-n",
            namespace(),
            "--ignore-not-found",
            "-o",
            "jsonpath={.data.status}");
  }

  /** Whether the record is written and the owner sees when the credentials end. */
  boolean isRecorded() {
    return isAdmin
        ? !clusterAdmin()
            .get(
                "get",
                "configmap",
                RECORD,
                "-n",
                RECORD,
                "--ignore-not-found",
                "-o",
                "jsonpath={.data." + name + "}")
            .isEmpty()
        : recorded("serial").equals(Certificates.serial(certificate())) && !status().isEmpty();
  }

  /** The names of the subjects of a tool's binding, separated by spaces. */
  public String subjects() {
    return clusterAdmin()
        .get(
            "get",
            "rolebinding",
            name + "-tool-binding",
            "-n",
            namespace(),
            "-o",
            "jsonpath={.subjects[*].name}");
  }

  private Kubectl clusterAdmin() {
    return world.plane().kubectl();
  }

  @Override
  public String toString() {
    return (isAdmin ? "admin " : "tool ") + name;
  }
}
