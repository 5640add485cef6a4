package io.github.resiliencestarter.test;

import io.github.resiliencestarter.test.server.Capability;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test, or a class of tests, that does to its servers what not every mode of them can do, such as to kill one. It is skipped
 * where one of the servers of its class cannot, with a sentence that says which and why. Not being able is never a failure, even
 * where the server is required; choose the mode with {@code resilience.test.brokers}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(ServerExtension.class)
public @interface RequiresCapability {

    Capability[] value();
}
