package io.github.maintainkubeusers.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/** A test in which files belong to several users: run by root, and left out for anybody else. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "io.github.maintainkubeusers.testing.User#isRoot",
    disabledReason = "only root can act as several users")
public @interface RootOnly {}
