package io.github.maintainkubeusers.cluster;

import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.kubernetes.client.openapi.models.AdmissionregistrationV1WebhookClientConfig;
import io.kubernetes.client.openapi.models.ApiextensionsV1WebhookClientConfig;
import io.kubernetes.client.openapi.models.ApiregistrationV1ServiceReference;
import io.kubernetes.client.openapi.models.V1APIService;
import io.kubernetes.client.openapi.models.V1APIServiceList;
import io.kubernetes.client.openapi.models.V1CustomResourceConversion;
import io.kubernetes.client.openapi.models.V1CustomResourceDefinition;
import io.kubernetes.client.openapi.models.V1CustomResourceDefinitionList;
import io.kubernetes.client.openapi.models.V1CustomResourceDefinitionSpec;
import io.kubernetes.client.openapi.models.V1MutatingWebhookConfiguration;
import io.kubernetes.client.openapi.models.V1MutatingWebhookConfigurationList;
import io.kubernetes.client.openapi.models.V1ValidatingWebhookConfiguration;
import io.kubernetes.client.openapi.models.V1ValidatingWebhookConfigurationList;
import io.kubernetes.client.openapi.models.V1WebhookConversion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads which Services the API server calls, and by which CAs it knows them. */
record CalledServices(ClusterConnection connection) {
  private static final int HTTPS = 443;
  private static final String ADMISSION = "admissionregistration.k8s.io";

  List<CalledService> webhooks() {
    var validating =
        new Resource<>(
            connection,
            V1ValidatingWebhookConfiguration.class,
            V1ValidatingWebhookConfigurationList.class,
            ADMISSION,
            "validatingwebhookconfigurations");
    var mutating =
        new Resource<>(
            connection,
            V1MutatingWebhookConfiguration.class,
            V1MutatingWebhookConfigurationList.class,
            ADMISSION,
            "mutatingwebhookconfigurations");
    Stream<CalledService> first =
        validating.all().stream()
            .flatMap(
                object ->
                    object.getWebhooks().stream()
                        .map(
                            webhook ->
                                of(
                                    webhook.getName(),
                                    validating.plural() + " " + object.getMetadata().getName(),
                                    webhook.getClientConfig(),
                                    webhook.getFailurePolicy())));
    Stream<CalledService> second =
        mutating.all().stream()
            .flatMap(
                object ->
                    object.getWebhooks().stream()
                        .map(
                            webhook ->
                                of(
                                    webhook.getName(),
                                    mutating.plural() + " " + object.getMetadata().getName(),
                                    webhook.getClientConfig(),
                                    webhook.getFailurePolicy())));
    return Stream.concat(first, second).toList();
  }

  /** Those of custom resources that a webhook converts. */
  List<CalledService> conversions() {
    var definitions =
        new Resource<>(
            connection,
            V1CustomResourceDefinition.class,
            V1CustomResourceDefinitionList.class,
            "apiextensions.k8s.io",
            "customresourcedefinitions");
    var called = new ArrayList<CalledService>();
    long _ =
        definitions.listAll(
            Selection.ALL,
            object ->
                conversion(object)
                    .map(config -> of(object.getMetadata().getName(), config))
                    .ifPresent(called::add));
    return called;
  }

  private static Optional<ApiextensionsV1WebhookClientConfig> conversion(
      V1CustomResourceDefinition object) {
    return Optional.ofNullable(object.getSpec())
        .map(V1CustomResourceDefinitionSpec::getConversion)
        .filter(conversion -> Objects.equals(conversion.getStrategy(), "Webhook"))
        .map(V1CustomResourceConversion::getWebhook)
        .map(V1WebhookConversion::getClientConfig);
  }

  private static CalledService of(String name, ApiextensionsV1WebhookClientConfig config) {
    return new CalledService(
        name,
        "customresourcedefinitions " + name,
        Optional.ofNullable(config.getService())
            .map(service -> server(service.getNamespace(), service.getName(), service.getPort())),
        bytes(config.getCaBundle()),
        true,
        true,
        Optional.empty());
  }

  /** Without those that the API server answers itself. */
  List<CalledService> apiServices() {
    var services =
        new Resource<>(
            connection,
            V1APIService.class,
            V1APIServiceList.class,
            "apiregistration.k8s.io",
            "apiservices");
    return services.all().stream()
        .filter(object -> object.getSpec() != null && object.getSpec().getService() != null)
        .map(CalledServices::of)
        .toList();
  }

  private static CalledService of(
      String name,
      String source,
      AdmissionregistrationV1WebhookClientConfig config,
      String failurePolicy) {
    return new CalledService(
        name,
        source,
        Optional.ofNullable(config.getService())
            .map(service -> server(service.getNamespace(), service.getName(), service.getPort())),
        bytes(config.getCaBundle()),
        true,
        !Objects.equals(failurePolicy, "Ignore"),
        Optional.empty());
  }

  private static CalledService of(V1APIService object) {
    ApiregistrationV1ServiceReference service = object.getSpec().getService();
    Optional<String> unavailable =
        Optional.ofNullable(object.getStatus()).stream()
            .flatMap(status -> status.getConditions().stream())
            .filter(
                condition ->
                    condition.getType().equals("Available")
                        && condition.getStatus().equals("False"))
            .map(condition -> condition.getReason() + ": " + condition.getMessage())
            .findFirst();
    return new CalledService(
        object.getMetadata().getName(),
        "apiservices " + object.getMetadata().getName(),
        Optional.of(server(service.getNamespace(), service.getName(), service.getPort())),
        bytes(object.getSpec().getCaBundle()),
        !Objects.requireNonNullElse(object.getSpec().getInsecureSkipTLSVerify(), false),
        true,
        unavailable);
  }

  private static ServerAddress server(String namespace, String name, Integer port) {
    String host = ServicePods.host(namespace, name);
    return new ServerAddress(host, host, port == null ? HTTPS : port);
  }

  private static byte[] bytes(byte[] bundle) {
    return bundle == null ? new byte[0] : bundle;
  }
}
