package io.github.resiliencestarter.test.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.test.fault.FaultyHost.Storage;
import io.github.resiliencestarter.test.time.VirtualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** What the page "Prove it" says of {@code resilience.chaos} is read by an application. */
class DocumentedChaosTests {

    private static final Path PAGE = Path.of("..", "docs", "testing.md");
    private static final Pattern YAML = Pattern.compile("```yaml\n(resilience:\n  chaos:.*?)```", Pattern.DOTALL);
    private static final Pattern HEADER = Pattern.compile("```\nX-Chaos: (.*?)\n```");

    @Test
    void the_yaml_starts_and_injects_what_it_says() throws IOException {
        PropertySource<?> properties = properties(block(YAML));
        WebApplicationContextRunner host = FaultyHost.webHost()
                .withInitializer(
                        context -> context.getEnvironment().getPropertySources().addFirst(properties));
        host.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(ChaosFilter.class);
            ChaosProperties read = context.getBean(ChaosProperties.class);
            assertThat(read.enabled()).isTrue();
            assertThat(read.calls()).containsOnlyKeys("oracleStorage");
            assertThat(context.getBean(Storage.class)).isNotNull();
        });
    }

    @Test
    void the_header_can_be_read() throws IOException {
        assertThat(ChaosHeader.read(block(HEADER), new VirtualTime()))
                .containsOnlyKeys("oracleStorage", "paymentGateway");
    }

    @Test
    void every_key_is_in_its_table() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(ChaosProperties.class.getRecordComponents())
                .filteredOn(component -> !component.getName().equals("calls"))
                .allSatisfy(component ->
                        assertThat(page).contains("| `resilience.chaos." + hyphenated(component.getName()) + "` |"));
        assertThat(ChaosOfCall.class.getRecordComponents())
                .allSatisfy(component -> assertThat(page)
                        .contains("| `resilience.chaos.calls.<name>." + hyphenated(component.getName()) + "` |"));
    }

    private static String hyphenated(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String block(Pattern pattern) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(PAGE));
        assertThat(matcher.find()).as("the page has " + pattern).isTrue();
        return matcher.group(1);
    }

    private static PropertySource<?> properties(String yaml) throws IOException {
        return new YamlPropertySourceLoader()
                .load("page", new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))
                .get(0);
    }
}
