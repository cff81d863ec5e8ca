package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.kube.ApiJson;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1CertificateSigningRequest;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ResourceQuota;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiJsonTest {
  private static final String QUOTA =
      """
      {"apiVersion": "v1", "kind": "ResourceQuota",
       "metadata": {"name": "tool-a", "namespace": "tool-a", "creationTimestamp": "2026-11-24T12:00:00Z",
         "labels": {"maintain-kubeusers/template": "resourcequota"},
         "managedFields": [{"manager": "m", "operation": "Apply", "time": "2026-11-24T12:00:00Z",
           "fieldsV1": {"f:spec": {"f:hard": {"f:pods": {}}}}}]},
       "spec": {"hard": {"pods": "16", "requests.cpu": "500m"}},
       "status": {"hard": {"pods": "16"}, "used": {"pods": "1"}}}
      """;
  private static final String REQUEST =
      """
      {"metadata": {"name": "r"}, "spec": {"request": "aGVsbG8=", "signerName": "s", "usages": ["client auth"]},
       "status": {"certificate": "d29ybGQ="}}
      """;

  @BeforeAll
  static void install() {
    ApiJson.install();
  }

  @Test
  void readsTimesAmountsAndBytes() {
    V1ResourceQuota quota = read(QUOTA, V1ResourceQuota.class);
    assertThat(quota.getMetadata().getCreationTimestamp()).isEqualTo("2026-11-24T12:00:00Z");
    assertThat(quota.getSpec().getHard()).containsEntry("requests.cpu", new Quantity("500m"));
    V1CertificateSigningRequest request = read(REQUEST, V1CertificateSigningRequest.class);
    assertThat(request.getSpec().getRequest()).asString().isEqualTo("hello");
    assertThat(request.getSpec().getUsages()).containsExactly("client auth");
    assertThat(request.getStatus().getCertificate()).asString().isEqualTo("world");
  }

  @Test
  void writesWhatItReads() {
    V1CertificateSigningRequest request = read(REQUEST, V1CertificateSigningRequest.class);
    assertThat(read(JSON.serialize(request), V1CertificateSigningRequest.class)).isEqualTo(request);
    V1ResourceQuota quota = read(QUOTA, V1ResourceQuota.class);
    assertThat(read(JSON.serialize(quota), V1ResourceQuota.class)).isEqualTo(quota);
  }

  /** The API server refuses a lease whose time has no microseconds. */
  @Test
  void writesTheTimeOfALeaseToTheMicrosecond() {
    var lease =
        new V1Lease()
            .spec(
                new V1LeaseSpec()
                    .renewTime(OffsetDateTime.of(2026, 11, 24, 12, 0, 0, 0, ZoneOffset.UTC)));
    assertThat(JSON.serialize(lease)).contains("2026-11-24T12:00:00.000000Z");
  }

  @Test
  void passesOverAFieldThatTheLibraryDoesNotKnow() {
    String newer =
        QUOTA
            .replace("\"status\"", "\"later\": {\"a\": [1]}, \"status\"")
            .replace("\"labels\"", "\"sooner\": 1, \"labels\"");
    assertThat(read(newer, V1ResourceQuota.class)).isEqualTo(read(QUOTA, V1ResourceQuota.class));
  }

  @Test
  void passesOverWhoSetWhichFieldAndHowMuchOfAQuotaIsUsed() {
    V1ResourceQuota quota = read(QUOTA, V1ResourceQuota.class);
    assertThat(quota.getMetadata().getLabels()).isNotEmpty();
    assertThat(quota.getMetadata().getManagedFields()).isNullOrEmpty();
    assertThat(quota.getStatus()).isNull();
    assertThat(JSON.serialize(quota)).doesNotContain("managedFields", "status");
  }

  @Test
  void takesTheContentOfAnObjectWithoutTheRest() {
    assertThat(Manifests.content(read(QUOTA, V1ResourceQuota.class)))
        .isEqualTo(
            Map.of(
                "spec",
                Map.of("hard", Map.of("pods", "16", "requests.cpu", "500m"), "scopes", List.of())));
  }

  private static <T> T read(String json, Class<T> type) {
    return JSON.deserialize(json, type);
  }
}
