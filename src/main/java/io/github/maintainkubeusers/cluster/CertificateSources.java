package io.github.maintainkubeusers.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Map;

import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1SecretList;

/** Where certificates stand in the cluster. Reads one thing at a time, when it is asked for. */
public final class CertificateSources implements AutoCloseable {
    private final ClusterConnection connection;
    private final AccessSource access;

    public CertificateSources(ClusterConnection connection, ClusterSettings settings) {
        this.connection = requireNonNull(connection, "connection is null");
        this.access = new AccessSource(connection, settings.server());
    }

    /** How clients and API server know each other. */
    public ClusterAccess access() {
        access.clusterInfo().load();
        access.rootCa().load();
        boolean _ = access.loadClientCas();
        return access.access();
    }

    /** What a Secret holds. One Secret is read by name; Secrets are never listed. */
    public Map<String, byte[]> secret(String namespace, String name) {
        var secrets = new Resource<>(connection, V1Secret.class, V1SecretList.class, "", "secrets");
        V1Secret secret = secrets.get(namespace, name).orElseThrow(() -> new ClusterException(
                ClusterException.Reason.NOT_FOUND,
                "could not read secrets " + namespace + "/" + name + ": there is no such Secret"));
        return secret.getData() == null ? Map.of() : Map.copyOf(secret.getData());
    }

    @Override
    public void close() {
        connection.close();
    }
}
