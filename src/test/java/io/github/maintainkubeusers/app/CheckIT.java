package io.github.maintainkubeusers.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.testing.AuditLog;
import io.github.maintainkubeusers.testing.Authority;
import io.github.maintainkubeusers.testing.FaultyApiServer;
import io.github.maintainkubeusers.testing.GrantedComponent;
import io.github.maintainkubeusers.testing.IdleWebhooks;
import io.github.maintainkubeusers.testing.Kubectl;
import io.github.maintainkubeusers.testing.ProgramRun;
import io.github.maintainkubeusers.testing.World;
import io.github.maintainkubeusers.testing.WorldExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code certificates check} on a real cluster. */
@ExtendWith(WorldExtension.class)
class CheckIT {
  private static final int OK = 0;
  private static final int USAGE = 2;
  private static final int ALARM = 3;
  private static final int MOST_CALLS = 25;
  private static final int HTTPS = 443;
  private static final List<String> WEBHOOK = List.of("odd.example.org");

  private static final String NOT_READY =
      """
      {"kind": "EndpointSliceList", "apiVersion": "discovery.k8s.io/v1",
       "metadata": {"resourceVersion": "1"}, "items": [
        {"metadata": {"name": "odd-x", "namespace": "default", "uid": "1", "resourceVersion": "1",
                      "labels": {"kubernetes.io/service-name": "odd"}},
         "addressType": "IPv4", "ports": [{"port": 8443}],
         "endpoints": [{"addresses": ["192.0.2.7"], "conditions": {"ready": false}}]}]}
      """;

  @Test
  void namesTheRightsThatAreMissing(World world) {
    world.addTool("counted", 50_001);
    assertThat(world.run("--once").status()).isZero();

    AuditLog audit = world.plane().auditLog();
    ProgramRun run = check(world);

    assertThat(run.status()).as(run.output()).isEqualTo(OK);
    assertThat(run.output())
        .containsPattern("tenants +1 of 1 +\\d{4}-\\d\\d-\\d\\d +\\d+d +ca 1 +well")
        .containsPattern("server-ca +ca +\\S+ +\\d+d +- +well")
        .containsPattern("client-ca +ca .* well")
        .containsPattern("apiserver +" + server(world) + " .* ca +well")
        .containsPattern(
            "apiserver +- .*unknown: could not read endpointslices default/kubernetes: .*cannot"
                + " get")
        .containsPattern("token-keys +- .*unknown: could not read endpointslices")
        .containsPattern(
            "signer +kubernetes.io/kube-apiserver-client \\(gives \\d+d\\) .* ca +well")
        .containsPattern("requests +0 .*well")
        .containsPattern("conversion +- .*unknown: could not list customresourcedefinitions")
        .containsPattern("kubelet +- .*unknown: could not list nodes: .*cannot list")
        .containsPattern("webhook +- .*unknown: could not list validatingwebhookconfigurations")
        .containsPattern("apiservice +- .*unknown: .*grant it: manifests/components/certificates");
    List<AuditLog.Call> calls = audit.calls(AuditLog.Call::isPrograms);
    assertThat(calls)
        .hasSizeBetween(1, MOST_CALLS)
        .noneMatch(AuditLog.Call::isWrite)
        .noneMatch(call -> call.resource().equals("secrets"));
    assertThat(world.run("certificates", "check", "--strict").status()).isEqualTo(ALARM);
    assertThat(world.run("certificates", "check", "--strict", "--only=tenants,server-ca").status())
        .isEqualTo(OK);
  }

  @Test
  void seesEverythingWithTheComponent(World world) throws IOException {
    Kubectl kubectl = world.plane().kubectl();
    Authority stranger = Authority.create(world.folder(), "stranger");
    kubectl.apply(IdleWebhooks.of("odd", HTTPS, stranger).manifest("odd", WEBHOOK));
    kubectl.apply(
        """
        apiVersion: v1
        kind: Endpoints
        metadata: {name: kubernetes, namespace: default}
        subsets:
        - addresses: [{ip: 192.0.2.1}]
          ports: [{name: https, port: 6443}]
        """);
    try (var _ = GrantedComponent.apply(kubectl, "certificates")) {
      ProgramRun run = check(world);

      assertThat(run.output())
          .containsPattern("apiserver +192.0.2.1:6443 .*unknown: could not look at ")
          .containsPattern(
              "webhook +odd.example.org +20\\d\\d-.*unknown: caBundle was not compared with what")
          .doesNotContain("cannot list", "cannot get");
      assertThat(run.status()).as(run.output()).isEqualTo(OK);
    } finally {
      kubectl.get("delete", "endpoints", "kubernetes", "-n", "default");
      kubectl.get("delete", "validatingwebhookconfiguration", "odd");
    }
  }

  /**
   * What the API server cannot ask, it refuses; before Kubernetes 1.21 it does not tell of slices.
   */
  @Test
  void aWebhookWithoutAPodIsBroken(World world) throws IOException {
    Kubectl kubectl = world.plane().kubectl();
    kubectl.apply(
        IdleWebhooks.required("odd", HTTPS, Authority.create(world.folder(), "left"))
            .manifest("odd", WEBHOOK));
    try (var _ = GrantedComponent.apply(kubectl, "certificates");
        FaultyApiServer api = FaultyApiServer.start(world.plane())) {
      api.inject(
          call ->
              call.path().contains("/discovery.k8s.io/v1/endpointslices?")
                      && call.path().contains("kubernetes.io%2Fservice-name%20in%20%28odd%29")
                  ? Optional.of(new FaultyApiServer.Answer(200, Map.of(), NOT_READY))
                  : Optional.empty());
      world.connectTo(api.url());

      ProgramRun run = world.run("certificates", "check", "--only=webhook");

      assertThat(run.status()).as(run.output()).isEqualTo(ALARM);
      assertThat(run.output())
          .containsPattern(
              "webhook +odd.example.org .*BROKEN: no pod behind the Service odd.default.svc is"
                  + " ready: the API server refuses each call");
    } finally {
      kubectl.get("delete", "validatingwebhookconfiguration", "odd");
    }
  }

  @Test
  void looksAtLdapServersAndAtWhatIsNamed(World world) {
    world.writeLdapFile(
        "servers: [\""
            + world.ldap().ldapsUrl()
            + "\", \""
            + world.ldap().url()
            + "\"]\nuser: "
            + world.ldap().bindDn()
            + "\npassword: "
            + world.ldap().password()
            + "\n");
    Path pki = world.plane().folder();

    ProgramRun unknown = world.run("certificates", "check", "--only=ldap", "--at", server(world));
    assertThat(unknown.status()).as(unknown.output()).isEqualTo(ALARM);
    assertThat(unknown.output())
        .containsPattern(
            "ldap +ldaps://localhost:\\d+ .*BROKEN: none of the CAs that the"
                + " connection file trusts has signed it")
        .containsPattern("server +" + server(world) + " .* well");

    world.writeConfig("directory: {startTls: true, trustedCa: \"" + world.ldap().caFile() + "\"}");
    ProgramRun known = world.run("certificates", "check", "--only=ldap", "--pki=" + pki, "-o=json");
    assertThat(known.status()).as(known.output()).isEqualTo(OK);
    assertThat(known.output())
        .contains(
            "\"name\": \"" + world.ldap().ldapsUrl() + "\"",
            "\"name\": \"" + world.ldap().url() + "\"",
            "\"name\": \"" + pki.resolve("apiserver.crt") + "\"");

    assertThat(world.run("certificates", "check", "--only=nonsense").status()).isEqualTo(USAGE);
    assertThat(world.run("certificates", "check", "--only=file").status()).isEqualTo(USAGE);
    assertThat(world.run("certificates", "check", "--at=nowhere").status()).isEqualTo(USAGE);
  }

  private static ProgramRun check(World world) {
    return world.run("certificates", "check");
  }

  private static String server(World world) {
    return world.plane().server().replace("https://", "");
  }
}
