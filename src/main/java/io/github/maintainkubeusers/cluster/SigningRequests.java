package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import io.github.maintainkubeusers.account.SigningTerms;
import io.github.maintainkubeusers.kube.ClusterConnection;
import io.github.maintainkubeusers.kube.ClusterException;
import io.github.maintainkubeusers.kube.ClusterListener;
import io.github.maintainkubeusers.kube.Failures;
import io.github.maintainkubeusers.kube.ObjectCache;
import io.github.maintainkubeusers.kube.ObjectKey;
import io.github.maintainkubeusers.kube.Resource;
import io.github.maintainkubeusers.kube.Selection;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CertificatesV1Api;
import io.kubernetes.client.openapi.models.V1CertificateSigningRequest;
import io.kubernetes.client.openapi.models.V1CertificateSigningRequestCondition;
import io.kubernetes.client.openapi.models.V1CertificateSigningRequestList;
import io.kubernetes.client.openapi.models.V1CertificateSigningRequestSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CertificateSigningRequests of ours. Their names are random, so that nobody can put a request of
 * their own under a name that will be approved, and what is approved is compared with what was sent
 * all the same.
 */
final class SigningRequests {
  /** Signers that kube-controller-manager has. */
  private static final String BUILT_IN = "kubernetes.io/";

  private static final Logger LOG = LoggerFactory.getLogger(SigningRequests.class);
  private static final List<String> USAGES =
      List.of("digital signature", "key encipherment", "client auth");
  private static final String ACCOUNT_LABEL = "maintain-kubeusers/account";

  /** A watch may lose its connection; the object itself is looked at as often as this. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private final ClusterSettings settings;
  private final SecureRandom random;
  private final InstantSource clock;
  private final ClusterListener listener;
  private final Resource<V1CertificateSigningRequest> resource;
  private final ObjectCache<V1CertificateSigningRequest, V1CertificateSigningRequest> cache;
  private final CertificatesV1Api approvals;
  private final Map<String, BlockingQueue<V1CertificateSigningRequest>> waiting =
      new ConcurrentHashMap<>();
  private final Semaphore unsigned;

  SigningRequests(
      ClusterConnection connection,
      ClusterSettings settings,
      SecureRandom random,
      InstantSource clock) {
    this.settings = requireNonNull(settings, "settings is null");
    this.random = requireNonNull(random, "random is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.listener = connection.listener();
    this.resource =
        new Resource<>(
            connection,
            V1CertificateSigningRequest.class,
            V1CertificateSigningRequestList.class,
            "certificates.k8s.io",
            "certificatesigningrequests");
    this.cache =
        new ObjectCache<>(resource, new Selection("", "", label(Names.MANAGED_BY)), Optional::of);
    this.approvals = new CertificatesV1Api(connection.calls());
    this.unsigned = new Semaphore(settings.unsignedRequests(), true);
    cache.onChange((key, request) -> request.ifPresent(this::deliver));
  }

  ObjectCache<V1CertificateSigningRequest, ?> cache() {
    return cache;
  }

  /**
   * @param owner whose certificate it will be, as in {@code tool NAME}
   */
  byte[] sign(String owner, byte[] pem, SigningTerms terms) {
    String name = "maintain-kubeusers-" + HexFormat.of().formatHex(randomBytes());
    var changes = new LinkedBlockingQueue<V1CertificateSigningRequest>();
    waiting.put(name, changes);
    try {
      return inTurn(
          owner,
          () -> {
            V1CertificateSigningRequest request = request(name, owner, pem, terms);
            V1CertificateSigningRequest submitted = resource.create(request);
            compare(owner, request.getSpec(), submitted);
            approve(owner, submitted);
            return awaitMeasured(owner, submitted, changes);
          });
    } finally {
      delete(name);
      waiting.remove(name);
    }
  }

  private byte[] awaitMeasured(
      String owner,
      V1CertificateSigningRequest submitted,
      BlockingQueue<V1CertificateSigningRequest> changes) {
    Instant approved = clock.instant();
    try {
      return await(owner, submitted, changes);
    } finally {
      listener.signed(Duration.between(approved, clock.instant()));
    }
  }

  /** A slow signer gets no pile of requests, which would time out while it is at others. */
  private byte[] inTurn(String owner, Supplier<byte[]> signing) {
    try {
      unsigned.acquire();
    } catch (InterruptedException e) {
      throw ending(owner, e);
    }
    try {
      return signing.get();
    } finally {
      unsigned.release();
    }
  }

  void deleteStale() {
    cache
        .keys()
        .map(ObjectKey::name)
        .filter(name -> !waiting.containsKey(name))
        .forEach(this::delete);
  }

  private V1CertificateSigningRequest request(
      String name, String owner, byte[] pem, SigningTerms terms) {
    var spec =
        new V1CertificateSigningRequestSpec()
            .signerName(terms.signer().orElse(settings.signer()))
            .request(pem)
            .usages(USAGES);
    terms
        .lifetime()
        .or(settings::lifetime)
        .ifPresent(asked -> spec.setExpirationSeconds((int) asked.toSeconds()));
    var metadata = new V1ObjectMeta().name(name).labels(new java.util.HashMap<>(Names.MANAGED_BY));
    metadata.putLabelsItem(ACCOUNT_LABEL, owner.replace(' ', '.'));
    return new V1CertificateSigningRequest()
        .apiVersion("certificates.k8s.io/v1")
        .kind("CertificateSigningRequest")
        .metadata(metadata)
        .spec(spec);
  }

  /** An admission webhook, say, could have changed it. */
  private static void compare(
      String owner, V1CertificateSigningRequestSpec sent, V1CertificateSigningRequest submitted) {
    V1CertificateSigningRequestSpec spec = submitted.getSpec();
    if (!Arrays.equals(spec.getRequest(), sent.getRequest())
        || !spec.getSignerName().equals(sent.getSignerName())
        || !spec.getUsages().equals(USAGES)) {
      throw refused(
          owner,
          submitted,
          "what the API server stored is not what was sent to it; it was not approved");
    }
  }

  /**
   * Names uid and version of what was compared, so that nothing else can be approved in its place.
   */
  private void approve(String owner, V1CertificateSigningRequest submitted) {
    String name = submitted.getMetadata().getName();
    submitted
        .getStatus()
        .addConditionsItem(
            new V1CertificateSigningRequestCondition()
                .type("Approved")
                .status("True")
                .reason("MaintainKubeusers")
                .message("requested and approved for " + owner)
                .lastUpdateTime(OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)));
    try {
      approvals.replaceCertificateSigningRequestApproval(name, submitted).execute();
    } catch (ApiException e) {
      throw Failures.of("approve certificatesigningrequests " + name + " of " + owner, e);
    } catch (RuntimeException e) {
      throw Failures.of("approve certificatesigningrequests " + name + " of " + owner, e);
    }
  }

  private byte[] await(
      String owner,
      V1CertificateSigningRequest submitted,
      BlockingQueue<V1CertificateSigningRequest> changes) {
    Instant end = clock.instant().plus(settings.signingTimeout());
    while (clock.instant().isBefore(end)) {
      Optional<byte[]> certificate =
          next(owner, submitted, changes)
              .flatMap(request -> certificate(owner, submitted, request));
      if (certificate.isPresent()) {
        return certificate.get();
      }
    }
    throw refused(
        owner,
        submitted,
        "the signer "
            + submitted.getSpec().getSignerName()
            + " did not sign it within "
            + settings.signingTimeout().toSeconds()
            + " s: is "
            + whoSigns(submitted.getSpec().getSignerName())
            + " running?");
  }

  private static String whoSigns(String signer) {
    return signer.startsWith(BUILT_IN)
        ? "kube-controller-manager"
        : "the controller of that signer";
  }

  private Optional<V1CertificateSigningRequest> next(
      String owner,
      V1CertificateSigningRequest submitted,
      BlockingQueue<V1CertificateSigningRequest> changes) {
    try {
      var change =
          changes.poll(
              Math.min(LOOK.toMillis(), settings.signingTimeout().toMillis()),
              TimeUnit.MILLISECONDS);
      return change != null
          ? Optional.of(change)
          : resource.get("", submitted.getMetadata().getName());
    } catch (InterruptedException e) {
      throw ending(owner, e);
    }
  }

  private Optional<byte[]> certificate(
      String owner, V1CertificateSigningRequest submitted, V1CertificateSigningRequest now) {
    V1CertificateSigningRequestSpec spec = now.getSpec();
    if (!now.getMetadata().getUid().equals(submitted.getMetadata().getUid())
        || !Arrays.equals(spec.getRequest(), submitted.getSpec().getRequest())
        || !spec.getUsername().equals(submitted.getSpec().getUsername())) {
      throw refused(owner, submitted, "another request took its place");
    }
    if (now.getStatus() == null) {
      return Optional.empty();
    }
    for (V1CertificateSigningRequestCondition condition : now.getStatus().getConditions()) {
      if (condition.getType().equals("Denied") || condition.getType().equals("Failed")) {
        throw refused(
            owner,
            submitted,
            "it was "
                + condition.getType().toLowerCase(java.util.Locale.ROOT)
                + ": "
                + condition.getReason()
                + ": "
                + condition.getMessage());
      }
    }
    byte[] certificate = now.getStatus().getCertificate();
    return certificate == null || certificate.length == 0
        ? Optional.empty()
        : Optional.of(certificate);
  }

  private void deliver(V1CertificateSigningRequest request) {
    var queue = waiting.get(request.getMetadata().getName());
    if (queue != null) {
      queue.add(request);
    }
  }

  /** One that could not be deleted is stale, and goes with a later pass. */
  private void delete(String name) {
    try {
      resource.delete("", name);
      cache.removed("", name);
    } catch (ClusterException e) {
      LOG.debug("Will be deleted later", e);
    }
  }

  private byte[] randomBytes() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return bytes;
  }

  private static ClusterException ending(String owner, InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ClusterException(
        ClusterException.Reason.OTHER,
        "could not wait for the certificate of " + owner + ": the program is ending",
        e);
  }

  private static ClusterException refused(
      String owner, V1CertificateSigningRequest request, String reason) {
    return new ClusterException(
        ClusterException.Reason.OTHER,
        "could not obtain a certificate for "
            + owner
            + " by certificatesigningrequests "
            + request.getMetadata().getName()
            + ": "
            + reason);
  }

  private static String label(Map<String, String> labels) {
    var label = labels.entrySet().iterator().next();
    return label.getKey() + "=" + label.getValue();
  }
}
