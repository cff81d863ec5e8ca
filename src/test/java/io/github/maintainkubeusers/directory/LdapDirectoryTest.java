package io.github.maintainkubeusers.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import io.github.maintainkubeusers.account.Account;
import io.github.maintainkubeusers.account.AccountId;
import io.github.maintainkubeusers.account.DirectorySnapshot;
import io.github.maintainkubeusers.account.HomePath;
import io.github.maintainkubeusers.account.Uid;
import io.github.maintainkubeusers.testing.TestLdapServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LdapDirectoryTest {
    @TempDir
    static Path folder;
    static TestLdapServer server;

    @BeforeAll
    static void start() {
        long t = System.nanoTime();
        server = TestLdapServer.start(folder);
        System.err.println("start " + (System.nanoTime() - t) / 1_000_000);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void clear() {
        server.clear();
    }

    @Test
    void aToolIsReadWithItsUserIdAndHome() {
        server.addTool("wikibot", 52_001, "/data/project/wikibot");
        assertThat(read().accounts()).containsExactly(tool("wikibot", 52_001, false));
    }

    @Test
    void all() {
        long t = System.nanoTime();
        server.addTools("t", 4000, 52_000);
        System.err.println("add " + (System.nanoTime() - t) / 1_000_000);
        server.lockTool("t5");
        server.addPerson("alice", 2_001, "/home/alice");
        server.addPerson("bob", 2_002, "/home/bob");
        server.setAdmins("alice", "carol");
        for (String url : List.of(server.url(), server.ldapsUrl(), server.url())) {
            t = System.nanoTime();
            var s = read(url, t % 2 == 0);
            System.err.println("read " + (System.nanoTime() - t) / 1_000_000);
            System.err.println(s.accounts().size() + " " + s.held() + " "
                    + s.accounts().stream().filter(Account::disabled).toList());
        }
    }

    private static Account tool(String name, int uid, boolean disabled) {
        return new Account(AccountId.tool(name), new Uid(uid), new HomePath("/data/project/" + name), disabled);
    }

    private static DirectorySnapshot read() {
        return read(server.url(), false);
    }

    private static DirectorySnapshot read(String url, boolean startTls) {
        var credentials = new BindCredentials(server.bindDn(), BindPassword.of(server.password()));
        var settings = LdapSettings.of(List.of(LdapServer.parse(url, startTls)), Optional.of(credentials))
                .withTrustedCa(server.caFile());
        try (var directory = new LdapDirectory(settings, ToolSearch.ofProject("tools"),
                AdminSearch.ofProject("tools"), Clock.systemUTC())) {
            return directory.read();
        }
    }
}
