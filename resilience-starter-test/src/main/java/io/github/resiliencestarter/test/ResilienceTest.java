package io.github.resiliencestarter.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.annotation.AliasFor;

/**
 * A test of protected calls and of nothing else: the beans that it names and the auto-configuration of the starter, on
 * {@link WithVirtualTime virtual time}, with faults to inject and calls to make assertions on. No web server, no database, no
 * other auto-configuration.
 *
 * <p>Beside {@code @SpringBootTest}, {@code @ExtendWith(ResilienceExtension.class)} gives the faults and the assertions to a
 * whole application, and {@link WithVirtualTime} the time as well.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(webEnvironment = WebEnvironment.NONE)
@ImportAutoConfiguration
@WithVirtualTime
public @interface ResilienceTest {

    /** The classes under test: components and configurations. Without any, those of a nested {@code @Configuration}. */
    @AliasFor(annotation = SpringBootTest.class, attribute = "classes")
    Class<?>[] value() default {};

    /** Properties of the application, as {@code key=value}. */
    @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
    String[] properties() default {};
}
