package io.github.resiliencestarter.docs;

import io.github.resilience4j.springboot3.bulkhead.autoconfigure.BulkheadProperties;
import io.github.resilience4j.springboot3.circuitbreaker.autoconfigure.CircuitBreakerProperties;
import io.github.resilience4j.springboot3.ratelimiter.autoconfigure.RateLimiterProperties;
import io.github.resilience4j.springboot3.retry.autoconfigure.RetryProperties;
import io.github.resilience4j.springboot3.timelimiter.autoconfigure.TimeLimiterProperties;
import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.call.plan.CallSettings;
import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PlanResolver;
import io.github.resiliencestarter.call.plan.PlanRules;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.call.plan.UnknownKeysRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** A piece of YAML as an application would read it. */
final class YamlExample {

    /** The other modules have these properties, and their own tests read what the pages say of them. */
    private static final List<String> OF_OTHERS =
            List.of("resilience.chaos.", "resilience.kafka.", "resilience.rabbit.");

    /** What the documentation calls com.acme is the package of its examples. */
    static final String ACME = "com.acme.";

    static final String EXAMPLES = "io.github.resiliencestarter.docs.";

    private static final Map<String, Class<?>> RESILIENCE4J = Map.of(
            "resilience4j.circuitbreaker", CircuitBreakerProperties.class,
            "resilience4j.retry", RetryProperties.class,
            "resilience4j.bulkhead", BulkheadProperties.class,
            "resilience4j.ratelimiter", RateLimiterProperties.class,
            "resilience4j.timelimiter", TimeLimiterProperties.class);

    private YamlExample() {}

    static List<PropertySource<?>> load(String yaml) {
        byte[] bytes = yaml.replace(ACME, EXAMPLES).getBytes(StandardCharsets.UTF_8);
        ByteArrayResource file = new ByteArrayResource(bytes) {
            @Override
            public String getDescription() {
                return "class path resource [application.yml]";
            }
        };
        try {
            return new YamlPropertySourceLoader().load("example", file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Everything that is wrong with it, warnings of the linter included. */
    static List<String> mistakesIn(String yaml) {
        StandardEnvironment environment = new StandardEnvironment();
        // what this machine sets is no part of the example
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        List<String> mistakes = new ArrayList<>();
        for (PropertySource<?> source : load(yaml)) {
            environment.getPropertySources().addFirst(source);
        }
        PropertyOrigins origins = new PropertyOrigins(environment);
        origins.all().stream()
                .map(PropertyOrigins.Written::name)
                .filter(name ->
                        name.startsWith("resilience.") && OF_OTHERS.stream().noneMatch(name::startsWith))
                .filter(name -> !ConfigurationReference.isKnown(name))
                .forEach(name -> mistakes.add(name + " is no property"));
        try {
            Binder binder = Binder.get(environment);
            RESILIENCE4J.forEach((prefix, type) -> binder.bind(prefix, Bindable.of(type), strict()));
            mistakes.addAll(lint(binder, origins));
        } catch (BindException unusable) {
            mistakes.add(unusable.getMessage() + ": " + unusable.getCause());
        }
        return mistakes;
    }

    private static NoUnboundElementsBindHandler strict() {
        return new NoUnboundElementsBindHandler(BindHandler.DEFAULT);
    }

    private static List<String> lint(Binder binder, PropertyOrigins origins) {
        Findings findings = new Findings();
        UnknownKeysRule.check(origins, findings);
        Map<String, CallSettings> calls = binder.bind(
                        "resilience.calls", Bindable.mapOf(String.class, CallSettings.class))
                .orElse(Map.of());
        PlanResolver plans = new PlanResolver(
                binder.bind("resilience.defaults", CallSettings.class).orElse(null), calls, binder, origins);
        try {
            calls.keySet().forEach(name -> new PlanRules().check(plans.resolve(name), findings));
        } catch (ResilienceConfigurationException unresolvable) {
            findings.add(unresolvable);
        }
        findings.promoteWarnings();
        return findings.errors().stream().map(Object::toString).toList();
    }
}
