package io.github.maintainkubeusers.directory;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;
import static java.util.Objects.requireNonNull;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import io.github.maintainkubeusers.account.InvalidValueException;
import java.util.stream.Stream;

/**
 * A filter in which {@code PROJECT} stands for the project. It is parsed first and filled in
 * afterwards, value by value, so that no name of a project can change its shape.
 */
final class FilterTemplate {
  static final String PLACEHOLDER = "PROJECT";

  private FilterTemplate() {}

  /**
   * @throws InvalidValueException when the text is not a filter
   */
  static Filter fill(String text, String project) {
    requireNonNull(text, "text is null");
    requireProject(project);
    try {
      return fill(Filter.create(text), project);
    } catch (LDAPException e) {
      throw new InvalidValueException(
          "the LDAP filter " + quoted(text) + " cannot be parsed: " + quoted(e.getMessage()), e);
    }
  }

  static void requireProject(String project) {
    requireNonNull(project, "project is null");
    if (project.isBlank()) {
      throw new InvalidValueException("the project's name is empty");
    }
  }

  private static Filter fill(Filter filter, String project) {
    String attribute = filter.getAttributeName();
    return switch (filter.getFilterType()) {
      case Filter.FILTER_TYPE_AND -> Filter.createANDFilter(components(filter, project));
      case Filter.FILTER_TYPE_OR -> Filter.createORFilter(components(filter, project));
      case Filter.FILTER_TYPE_NOT ->
          Filter.createNOTFilter(fill(filter.getNOTComponent(), project));
      case Filter.FILTER_TYPE_SUBSTRING ->
          Filter.createSubstringFilter(
              attribute,
              value(filter.getSubInitialString(), project),
              values(filter.getSubAnyStrings(), project),
              value(filter.getSubFinalString(), project));
      case Filter.FILTER_TYPE_EQUALITY ->
          Filter.createEqualityFilter(attribute, value(filter.getAssertionValue(), project));
      case Filter.FILTER_TYPE_GREATER_OR_EQUAL ->
          Filter.createGreaterOrEqualFilter(attribute, value(filter.getAssertionValue(), project));
      case Filter.FILTER_TYPE_LESS_OR_EQUAL ->
          Filter.createLessOrEqualFilter(attribute, value(filter.getAssertionValue(), project));
      case Filter.FILTER_TYPE_APPROXIMATE_MATCH ->
          Filter.createApproximateMatchFilter(
              attribute, value(filter.getAssertionValue(), project));
      case Filter.FILTER_TYPE_EXTENSIBLE_MATCH ->
          Filter.createExtensibleMatchFilter(
              attribute,
              filter.getMatchingRuleID(),
              filter.getDNAttributes(),
              value(filter.getAssertionValue(), project));
      default -> filter;
    };
  }

  private static Filter[] components(Filter filter, String project) {
    return Stream.of(filter.getComponents())
        .map(part -> fill(part, project))
        .toArray(Filter[]::new);
  }

  private static String[] values(String[] texts, String project) {
    return Stream.of(texts).map(text -> value(text, project)).toArray(String[]::new);
  }

  private static String value(String text, String project) {
    return text == null ? null : text.replace(PLACEHOLDER, project);
  }
}
