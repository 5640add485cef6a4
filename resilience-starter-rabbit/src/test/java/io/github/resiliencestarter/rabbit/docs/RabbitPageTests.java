package io.github.resiliencestarter.rabbit.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.rabbit.RabbitResilienceProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ByteArrayResource;

/** The YAML of the pages about RabbitMQ has no key that does not exist, and no value that cannot be read. */
class RabbitPageTests {

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    static List<String> yaml() throws IOException {
        List<String> all = new ArrayList<>();
        for (String page : List.of("rabbit.md", "rabbit-publisher.md", "dead-letters.md")) {
            YAML.matcher(Files.readString(Path.of("..", "docs", page)))
                    .results()
                    .map((MatchResult block) -> block.group(1))
                    .filter(block -> block.contains("rabbit:"))
                    .forEach(all::add);
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("yaml")
    void each_key_of_the_page_is_a_property(String yaml) throws IOException {
        var sources = new YamlPropertySourceLoader()
                .load("page", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
        RabbitResilienceProperties read = new Binder(ConfigurationPropertySources.from(sources))
                .bind(
                        "resilience.rabbit",
                        Bindable.of(RabbitResilienceProperties.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT))
                .get();
        assertThat(read.listener()).isNotNull();
    }
}
