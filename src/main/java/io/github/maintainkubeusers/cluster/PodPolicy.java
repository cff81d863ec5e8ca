package io.github.maintainkubeusers.cluster;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AdmissionregistrationV1Api;

/** The policy of what pods of tools may be, which an operator applies or does not. */
public final class PodPolicy {
    private static final String NAME = "maintain-kubeusers-pods";
    private static final int NOT_FOUND = 404;

    private PodPolicy() {}

    /**
     * Whether it is there; it is not in clusters that know no such policies.
     *
     * @throws ClusterException when that cannot be seen
     */
    public static boolean isApplied(ClusterConnection connection) {
        try {
            return new AdmissionregistrationV1Api(connection.calls()).readValidatingAdmissionPolicy(NAME)
                    .execute() != null;
        } catch (ApiException e) {
            if (e.getCode() == NOT_FOUND) {
                return false;
            }
            throw Failures.of("read validatingadmissionpolicies " + NAME, e);
        }
    }
}
