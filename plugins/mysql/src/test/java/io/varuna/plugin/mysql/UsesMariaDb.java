package io.varuna.plugin.mysql;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Marks tests that need a {@link MariaDbServer}; they are skipped where it does not run. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledOnOs(
        value = OS.LINUX,
        architectures = "amd64",
        disabledReason = "the MariaDB server that Maven fetches is one for Linux on x64")
public @interface UsesMariaDb {}
