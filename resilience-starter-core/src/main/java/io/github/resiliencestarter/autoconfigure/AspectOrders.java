package io.github.resiliencestarter.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Puts the aspects of resilience4j's own annotations into the order of our pipeline. Out of the box {@code @Retry} stands
 * outside {@code @CircuitBreaker}: one failing call of three attempts counts as three failures, and what an open breaker
 * rejects is tried again.
 */
final class AspectOrders {

    /** Outermost first; a lower order is further out. */
    private static final List<String> OUTERMOST_FIRST = List.of(
            "resilience4j.circuitbreaker.circuit-breaker-aspect-order",
            "resilience4j.bulkhead.bulkhead-aspect-order",
            "resilience4j.retry.retry-aspect-order",
            "resilience4j.ratelimiter.rate-limiter-aspect-order",
            "resilience4j.timelimiter.time-limiter-aspect-order");

    /** Where resilience4j's aspects stand anyway: outside transactions, which have the lowest precedence of all. */
    private static final int OUTERMOST = Ordered.LOWEST_PRECEDENCE - OUTERMOST_FIRST.size();

    /** Boot keeps the source of this name behind all others. It knows it by its name; its class differs between the Boot lines. */
    private static final String DEFAULT_PROPERTIES = "defaultProperties";

    private AspectOrders() {}

    /**
     * Adds the orders that nobody has set. They join Boot's default properties because those are the only ones that stay
     * behind {@code @PropertySource}; and what the application put there itself, in whatever spelling, is not replaced.
     */
    static void addTo(ConfigurableEnvironment environment) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        for (int i = 0; i < OUTERMOST_FIRST.size(); i++) {
            if (!environment.containsProperty(OUTERMOST_FIRST.get(i))) {
                defaults.put(OUTERMOST_FIRST.get(i), OUTERMOST + i);
            }
        }
        MutablePropertySources sources = environment.getPropertySources();
        PropertySource<?> ofTheApplication = sources.get(DEFAULT_PROPERTIES);
        if (ofTheApplication == null) {
            sources.addLast(new MapPropertySource(DEFAULT_PROPERTIES, defaults));
        } else if (ofTheApplication instanceof MapPropertySource map) {
            defaults.putAll(map.getSource());
            sources.replace(DEFAULT_PROPERTIES, new MapPropertySource(DEFAULT_PROPERTIES, defaults));
        }
    }
}
