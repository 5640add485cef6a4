package io.github.resiliencestarter.autoconfigure;

import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.ClassUtils;

/**
 * What must happen before there is any bean: the orders of resilience4j's aspects, and the check that its module fits this
 * Spring Boot. A listener and not an {@code EnvironmentPostProcessor}, whose package differs between the Boot lines.
 */
final class EnvironmentPreparedListener implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        if (!ResilienceSwitch.isOn(environment)) {
            return;
        }
        // A native image keeps only the classes that are used, so nothing can be looked up; it was checked when it was
        // built.
        if (!AotDetector.useGeneratedArtifacts()) {
            ClassLoader classLoader = event.getSpringApplication().getClassLoader();
            Resilience4jModules.check(
                    SpringBootLine.current(),
                    SpringBootVersion.getVersion(),
                    type -> ClassUtils.isPresent(type, classLoader));
        }
        AspectOrders.addTo(environment);
    }

    /** After Boot has read the application's configuration files (HIGHEST_PRECEDENCE + 10). */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 15;
    }
}
