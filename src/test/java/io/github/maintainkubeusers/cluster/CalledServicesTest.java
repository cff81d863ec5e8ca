package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.kube.ClusterListener;
import io.github.maintainkubeusers.testing.CannedApiServer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalledServicesTest {
  @TempDir private Path folder;

  @Test
  void areThoseOfBothKindsOfWebhooks() {
    List<CalledService> called =
        read(
            CalledServices::webhooks,
            call ->
                call.path().endsWith("/validatingwebhookconfigurations")
                    ? CannedApiServer.list(
                        configuration(
                            "{\"name\": \"by-service\", \"failurePolicy\": \"Fail\","
                                + " \"clientConfig\": {\"service\": {\"namespace\": \"n\","
                                + " \"name\": \"s\"}, \"caBundle\": \"YQ==\"}}"))
                    : CannedApiServer.list(
                        configuration(
                            "{\"name\": \"by-port\", \"failurePolicy\": \"Ignore\","
                                + " \"clientConfig\": {\"service\": {\"namespace\": \"n\","
                                + " \"name\": \"s\", \"port\": 8443}}}",
                            "{\"name\": \"by-url\", \"clientConfig\": {\"url\":"
                                + " \"https://hook.example.org\"}}")));

    assertThat(called)
        .extracting(CalledService::name)
        .containsExactly("by-service", "by-port", "by-url");
    assertThat(called)
        .extracting(
            one -> one.server().map(server -> server.host() + ":" + server.port()).orElse("-"))
        .containsExactly("s.n.svc:443", "s.n.svc:8443", "-");
    assertThat(called).extracting(CalledService::required).containsExactly(true, false, true);
    assertThat(called.getFirst().caBundle()).containsExactly('a');
    assertThat(called.getLast().caBundle()).isEmpty();
    assertThat(called.getFirst().source()).isEqualTo("validatingwebhookconfigurations hooks");
  }

  @Test
  void areThoseOfApisThatAnotherServerAnswers() {
    List<CalledService> called =
        read(
            CalledServices::apiServices,
            _ ->
                CannedApiServer.list(
                    "{\"metadata\": {\"name\": \"v1.\"}, \"spec\": {}}",
                    "{\"metadata\": {\"name\": \"v1.one\"}, \"spec\": {\"service\": {\"namespace\":"
                        + " \"n\", \"name\": \"s\", \"port\": 443}, \"insecureSkipTLSVerify\":"
                        + " true}, \"status\": {\"conditions\": [{\"type\": \"Available\","
                        + " \"status\": \"False\", \"reason\": \"MissingEndpoints\", \"message\":"
                        + " \"none\"}]}}",
                    "{\"metadata\": {\"name\": \"v1.two\"}, \"spec\": {\"service\": {\"namespace\":"
                        + " \"n\", \"name\": \"s\"}}, \"status\": {\"conditions\": [{\"type\":"
                        + " \"Available\", \"status\": \"True\"}]}}"));

    assertThat(called).extracting(CalledService::name).containsExactly("v1.one", "v1.two");
    assertThat(called).extracting(CalledService::verifies).containsExactly(false, true);
    assertThat(called.getFirst().unavailable()).contains("MissingEndpoints: none");
    assertThat(called.getLast().unavailable()).isEmpty();
  }

  @Test
  void areThoseThatConvertCustomResources() {
    List<CalledService> called =
        read(
            CalledServices::conversions,
            _ ->
                CannedApiServer.list(
                    "{\"metadata\": {\"name\": \"plain\"}, \"spec\": {}}",
                    "{\"metadata\": {\"name\": \"none\"}, \"spec\": {\"conversion\": {\"strategy\":"
                        + " \"None\"}}}",
                    "{\"metadata\": {\"name\": \"converted\"}, \"spec\": {\"conversion\":"
                        + " {\"strategy\": \"Webhook\", \"webhook\": {\"clientConfig\":"
                        + " {\"service\": {\"namespace\": \"n\", \"name\": \"s\"}}}}}}"));

    assertThat(called).extracting(CalledService::name).containsExactly("converted");
    assertThat(called.getFirst().required()).isTrue();
  }

  private List<CalledService> read(
      Function<CalledServices, List<CalledService>> kind,
      Function<CannedApiServer.Call, CannedApiServer.Answer> answers) {
    try (var server = new CannedApiServer(folder, ClusterListener.NONE, answers)) {
      return kind.apply(new CalledServices(server.connection()));
    }
  }

  private static String configuration(String... webhooks) {
    return "{\"metadata\": {\"name\": \"hooks\"}, \"webhooks\": ["
        + String.join(",", webhooks)
        + "]}";
  }
}
