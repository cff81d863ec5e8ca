package io.github.maintainkubeusers.plan;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What one object of one account should be.
 *
 * @param name of the object in the cluster
 * @param metadata labels and annotations, as in a manifest, without name and namespace
 * @param content the manifest without apiVersion, kind and metadata; of a binding without its
 *     subjects
 * @param fingerprint of the content: see {@link Content#fingerprint}
 */
public record DesiredObject(
    ManagedObject object,
    String name,
    Map<String, Object> metadata,
    Map<String, Object> content,
    String fingerprint) {
  public DesiredObject {
    requireNonNull(object, "object is null");
    requireNonNull(name, "name is null");
    requireNonNull(metadata, "metadata is null");
    requireNonNull(content, "content is null");
    requireNonNull(fingerprint, "fingerprint is null");
  }

  public DesiredObject(
      ManagedObject object,
      String name,
      Map<String, Object> metadata,
      Map<String, Object> content) {
    this(object, name, metadata, content, Content.fingerprint(object.kind(), content));
  }
}
