package io.github.maintainkubeusers.cluster;

import java.io.IOException;
import java.util.Optional;

import io.github.maintainkubeusers.cluster.ClusterException.Reason;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1Status;
import io.kubernetes.client.util.generic.KubernetesApiResponse;

/** Turns what the client library answers or throws into exceptions that name action, object and cause. */
final class Failures {
    private static final int MAX_MESSAGE = 500;

    private Failures() {}

    /** @param action as in "create namespace tool-x" */
    static <T extends io.kubernetes.client.common.KubernetesType> T expect(String action,
            KubernetesApiResponse<T> response) {
        if (response.isSuccess()) {
            return response.getObject();
        }
        throw of(action, response.getHttpStatusCode(),
                Optional.ofNullable(response.getStatus()).map(V1Status::getMessage).orElse(""), null);
    }

    static ClusterException of(String action, ApiException e) {
        if (e.getCode() == 0) {
            return unreachable(action, e);
        }
        String body = e.getResponseBody() == null ? "" : e.getResponseBody();
        return of(action, e.getCode(), body, e);
    }

    /** The client library wraps some failures of the connection into exceptions that say nothing. */
    static ClusterException of(String action, RuntimeException e) {
        return switch (e.getCause()) {
            case ApiException cause -> of(action, cause);
            case IOException cause -> unreachable(action, cause);
            case null, default -> new ClusterException(Reason.OTHER, "could not " + action + ": " + e, e);
        };
    }

    static ClusterException unreachable(String action, Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new ClusterException(Reason.UNAVAILABLE, "could not " + action
                + ": the API server cannot be reached: " + root.getClass().getSimpleName() + ": " + root.getMessage(),
                e);
    }

    private static ClusterException of(String action, int code, String message, Throwable cause) {
        String detail = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) + "..." : message;
        return new ClusterException(reason(code),
                "could not " + action + ": the API server answers " + code + " " + words(code) + ": " + detail, cause);
    }

    private static Reason reason(int code) {
        return switch (code) {
            case 401, 403 -> Reason.FORBIDDEN;
            case 404 -> Reason.NOT_FOUND;
            case 409 -> Reason.CONFLICT;
            case 429, 500, 502, 503, 504 -> Reason.UNAVAILABLE;
            default -> Reason.OTHER;
        };
    }

    private static String words(int code) {
        return switch (code) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 409 -> "Conflict";
            case 410 -> "Gone";
            case 422 -> "Unprocessable Entity";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "";
        };
    }
}
