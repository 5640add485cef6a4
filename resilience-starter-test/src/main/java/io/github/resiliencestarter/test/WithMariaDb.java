package io.github.resiliencestarter.test;

import io.github.resiliencestarter.test.server.MariaDbServer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test class that talks to a real MariaDB. It is started once for the JVM, is injected as {@link MariaDbServer} into
 * constructors and methods, and is whole again after each test, with the rows that the tests have written. Where Spring Boot
 * configures a data source, it leads to this one.
 *
 * <p>Where MariaDB cannot be had the tests are skipped, or fail if {@code resilience.test.require} lists {@code mariadb}.
 * Tests that use it never run at the same time. It may stand on an annotation of your own, on a superclass, and on the class
 * around a {@link org.junit.jupiter.api.Nested nested} one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(ServerExtension.class)
@ResourceLock("io.github.resiliencestarter.test.mariadb")
public @interface WithMariaDb {}
