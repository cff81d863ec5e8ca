package io.github.maintainkubeusers.plan;

import static io.github.maintainkubeusers.account.InvalidValueException.quoted;

import io.github.maintainkubeusers.account.InvalidValueException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of a resource, as Kubernetes writes it
 * (kubernetes.io/docs/reference/kubernetes-api/common-definitions/ quantity): {@code 500m}, {@code
 * 6Gi} and {@code 1e3} are amounts, and {@code 1000m} is the same as {@code 1}.
 */
record Quantity(BigDecimal amount) {
  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?(?:[0-9]{1,30}(?:\\.[0-9]{0,30})?|\\.[0-9]{1,30}))([eE][+-]?[0-9]{1,2}|[A-Za-z]{0,2})");
  private static final Map<String, BigDecimal> DECIMAL =
      Map.of(
          "n",
          power(10, -9),
          "u",
          power(10, -6),
          "m",
          power(10, -3),
          "",
          BigDecimal.ONE,
          "k",
          power(10, 3),
          "M",
          power(10, 6),
          "G",
          power(10, 9),
          "T",
          power(10, 12),
          "P",
          power(10, 15),
          "E",
          power(10, 18));
  private static final Map<String, BigDecimal> BINARY =
      Map.of(
          "Ki",
          power(1024, 1),
          "Mi",
          power(1024, 2),
          "Gi",
          power(1024, 3),
          "Ti",
          power(1024, 4),
          "Pi",
          power(1024, 5),
          "Ei",
          power(1024, 6));

  /**
   * @throws InvalidValueException when it is not an amount, or is less than nothing
   */
  static Quantity parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw invalid(text);
    }
    BigDecimal amount = new BigDecimal(form.group(1)).multiply(unit(text, form.group(2)));
    if (amount.signum() < 0) {
      throw new InvalidValueException(quoted(text) + " is less than nothing");
    }
    return new Quantity(amount);
  }

  /** The same for the same amount. */
  @Override
  public String toString() {
    return amount.stripTrailingZeros().toPlainString();
  }

  private static BigDecimal unit(String text, String suffix) {
    if (suffix.length() > 1
        && (suffix.charAt(0) == 'e' || suffix.charAt(0) == 'E')
        && !Character.isLetter(suffix.charAt(1))) {
      return power(10, Integer.parseInt(suffix.substring(1)));
    }
    BigDecimal unit = DECIMAL.getOrDefault(suffix, BINARY.get(suffix));
    if (unit == null) {
      throw invalid(text);
    }
    return unit;
  }

  private static BigDecimal power(int base, int exponent) {
    return exponent < 0
        ? BigDecimal.ONE.movePointLeft(-exponent)
        : BigDecimal.valueOf(base).pow(exponent);
  }

  private static InvalidValueException invalid(String text) {
    return new InvalidValueException(quoted(text) + " is not an amount like 500m, 2 or 6Gi");
  }
}
