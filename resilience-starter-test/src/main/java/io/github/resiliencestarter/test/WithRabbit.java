package io.github.resiliencestarter.test;

import io.github.resiliencestarter.test.server.RabbitServer;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A test class that talks to a real RabbitMQ. It is started once for the JVM, is injected as {@link RabbitServer} into
 * constructors and methods, and is whole again after each test. Where Spring Boot configures RabbitMQ, it finds this one.
 *
 * <p>Where RabbitMQ cannot be had the tests are skipped, or fail if {@code resilience.test.require} lists {@code rabbit}. Tests
 * that use it never run at the same time. It may stand on an annotation of your own, on a superclass, and on the class around a
 * {@link org.junit.jupiter.api.Nested nested} one; the nearest decides.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(ServerExtension.class)
@ResourceLock("io.github.resiliencestarter.test.rabbit")
public @interface WithRabbit {

    /** How many of them replicate, 1 or 3. */
    int nodes() default 1;
}
