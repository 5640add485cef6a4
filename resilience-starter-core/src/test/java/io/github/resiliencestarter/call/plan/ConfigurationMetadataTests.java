package io.github.resiliencestarter.call.plan;

import static java.util.function.Function.identity;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What an IDE knows of our properties is what the code does with them. */
class ConfigurationMetadataTests {

    private static final String DEFAULTS = "resilience.defaults.";

    private final Map<String, JsonNode> properties = ours();

    @Test
    void every_key_of_a_call_is_listed_and_nothing_else() {
        List<String> keys = SettingsTree.keys(CallSettings.class).stream()
                .map(key -> DEFAULTS + key)
                .toList();
        assertThat(properties.keySet())
                .filteredOn(name -> name.startsWith(DEFAULTS))
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void every_property_of_the_starter_is_listed() {
        assertThat(properties.keySet())
                .contains(
                        "resilience.enabled",
                        "resilience.calls",
                        "resilience.linter.fail-on",
                        "resilience.workers.max-threads",
                        "resilience.health.open-circuit-status",
                        "management.endpoint.resilience.access",
                        "management.health.resilience.enabled");
    }

    @Test
    void every_property_has_a_type_and_a_description() {
        assertThat(properties).allSatisfy((name, property) -> {
            assertThat(property.path("type").asText()).isNotBlank();
            assertThat(property.path("description").asText()).as(name).isNotBlank();
        });
    }

    @Test
    void every_default_is_the_one_that_is_built_in() {
        assertThat(SettingsTree.keys(CallSettings.class)).allSatisfy(key -> {
            JsonNode listed = properties.get(DEFAULTS + key).get("defaultValue");
            assertThat(listed == null ? "none" : listed.asText()).isEqualTo(builtIn(key));
        });
    }

    private static String builtIn(String key) {
        Object value = SettingsTree.value(BuiltIn.SETTINGS, key);
        boolean none = value == null || value instanceof Collection<?> values && values.isEmpty();
        // JSON has one kind of number, so 2.0 becomes 2
        return none ? "none" : Text.of(value).replaceFirst("^(\\d+)\\.0$", "$1");
    }

    /** Other jars on the class path have such a file, too. */
    private static Map<String, JsonNode> ours() {
        try {
            for (URL file : Collections.list(ConfigurationMetadataTests.class
                    .getClassLoader()
                    .getResources("META-INF/spring-configuration-metadata.json"))) {
                JsonNode properties = new ObjectMapper().readTree(file).get("properties");
                Map<String, JsonNode> byName = StreamSupport.stream(properties.spliterator(), false)
                        .collect(Collectors.toMap(
                                property -> property.get("name").asText(), identity()));
                if (byName.containsKey("resilience.enabled")) {
                    return byName;
                }
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        throw new IllegalStateException("no metadata of ours: the annotation processor did not run");
    }
}
