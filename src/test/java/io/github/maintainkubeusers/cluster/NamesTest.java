package io.github.maintainkubeusers.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.maintainkubeusers.account.AccountId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @Test
  void areThoseThatClustersHaveHadSince2019() {
    AccountId tool = AccountId.tool("fourohfour");

    assertThat(Names.namespace(tool)).isEqualTo("tool-fourohfour");
    assertThat(Names.RECORD).isEqualTo("maintain-kubeusers");
  }

  @Property
  void leadBackToTheAccount(@ForAll("names") String name) {
    AccountId tool = AccountId.tool(name);

    assertThat(Names.toolOf(Names.namespace(tool))).contains(tool);
  }

  @Property
  void leadBackToTheAdminUnlessItIsNamedLikeAViewBinding(@ForAll("names") String name) {
    AccountId admin = AccountId.admin(name);

    assertThat(Names.adminOf(name + "-view-binding")).contains(admin);
    if (!name.endsWith("-view")) {
      assertThat(Names.adminOf(name + "-binding")).contains(admin);
    }
  }

  @Property
  void fitIntoALabelOfKubernetes(@ForAll("names") String name) {
    assertThat(Names.namespace(AccountId.tool(name))).hasSizeLessThanOrEqualTo(63);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tool",
        "tool-",
        "tool--a",
        "tool-a-",
        "tool-A",
        "tools-a",
        "kube-system",
        "my-tool-a"
      })
  void areNoToolsOtherwise(String namespace) {
    assertThat(Names.toolOf(namespace)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-binding",
        "binding",
        "-view-binding",
        "a-bindings",
        "system:a-binding",
        "A-binding"
      })
  void areNoAdminsOtherwise(String binding) {
    assertThat(Names.adminOf(binding)).isEmpty();
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "a",
            "tool",
            "tool-a",
            "view",
            "a-view",
            "a-tool",
            "a-binding",
            "view-binding",
            "a".repeat(53)),
        Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(53));
  }
}
