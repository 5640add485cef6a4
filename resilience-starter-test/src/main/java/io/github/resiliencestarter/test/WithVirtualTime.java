package io.github.resiliencestarter.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * Gives the application under test a {@link io.github.resiliencestarter.test.time.VirtualTime} as the clock of its calls, and as
 * its {@code java.time.Clock} and {@code TaskScheduler}. Each test begins at the same moment.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
// Spring's first, wherever this stands: what a test makes dirty is renewed before it is looked at, and closed after it
@ExtendWith({SpringExtension.class, ResilienceExtension.class})
public @interface WithVirtualTime {}
