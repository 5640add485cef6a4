package io.github.resiliencestarter.autoconfigure;

import static io.github.resiliencestarter.autoconfigure.SpringBootLine.BOOT_3;
import static io.github.resiliencestarter.autoconfigure.SpringBootLine.BOOT_4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.DefaultResourceLoader;

@ExtendWith(OutputCaptureExtension.class)
class Resilience4jModulesTests {

    @Test
    void the_module_of_the_line_alone_is_right() {
        assertThatNoException().isThrownBy(() -> check(BOOT_3, BOOT_3));
        assertThatNoException().isThrownBy(() -> check(BOOT_4, BOOT_4));
    }

    @Test
    void without_a_module_boot_3_is_told_to_undo_the_exclusion() {
        assertThatCheck(BOOT_3)
                .hasMessageContaining("neither resilience4j-spring-boot3 nor resilience4j-spring-boot4 is there")
                .hasMessageContaining("Remove the exclusion of io.github.resilience4j:resilience4j-spring-boot3");
    }

    @Test
    void without_a_module_boot_4_is_told_which_one_to_add() {
        assertThatCheck(BOOT_4)
                .hasMessageContaining("neither resilience4j-spring-boot4 nor resilience4j-spring-boot3 is there")
                .hasMessageContaining("Add the dependency io.github.resilience4j:resilience4j-spring-boot4")
                .hasMessageContaining("io.github.resiliencestarter:resilience-starter-boot4");
    }

    @Test
    void boot_3_is_told_to_remove_the_module_of_boot_4() {
        assertThatCheck(BOOT_3, BOOT_4)
                .hasMessageContaining("resilience4j-spring-boot4 runs on Spring Boot 4 only")
                .hasMessageContaining("Remove io.github.resilience4j:resilience4j-spring-boot4");
        assertThatCheck(BOOT_3, BOOT_3, BOOT_4)
                .hasMessageContaining("Remove io.github.resilience4j:resilience4j-spring-boot4");
    }

    @Test
    void boot_4_is_told_to_import_the_bom_and_to_add_its_module_unless_it_is_there() {
        assertThatCheck(BOOT_4, BOOT_3)
                .hasMessageContaining("resilience4j-spring-boot3 runs on Spring Boot 3 only")
                .hasMessageContaining("Import the BOM io.github.resiliencestarter:resilience-starter-boot4")
                .hasMessageContaining("and add the dependency io.github.resilience4j:resilience4j-spring-boot4");
        assertThatCheck(BOOT_4, BOOT_3, BOOT_4)
                .hasMessageContaining("Import the BOM io.github.resiliencestarter:resilience-starter-boot4")
                .hasMessageNotContaining("and add the dependency");
    }

    @Test
    void the_documentation_quotes_every_message_and_remedy() throws IOException {
        String documentation = Files.readString(Path.of("../docs/boot-4.md"));
        assertThat(Stream.of(
                                problem(BOOT_4),
                                problem(BOOT_4, BOOT_3),
                                problem(BOOT_4, BOOT_3, BOOT_4),
                                problem(BOOT_3),
                                problem(BOOT_3, BOOT_4),
                                problem(BOOT_3, BOOT_3, BOOT_4))
                        .map(problem -> "| " + problem.what() + " | " + problem.remedy() + " |"))
                .allSatisfy(row -> assertThat(documentation).contains(row));
    }

    @Test
    void the_line_is_read_from_the_version_and_a_newer_one_counts_as_the_newest_known() {
        assertThat(Stream.of("3.5.16", "4.0.8", "4.1.1", "5.0.0-M1").map(SpringBootLine::of))
                .containsExactly(BOOT_3, BOOT_4, BOOT_4, BOOT_4);
    }

    @Test
    void an_application_without_a_module_does_not_start_and_says_why(CapturedOutput output) {
        assertThatExceptionOfType(ResilienceConfigurationException.class)
                .isThrownBy(() -> RealHost.start(withoutModule()));
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("so that nothing would be protected")
                .contains("Remove the exclusion of io.github.resilience4j:resilience4j-spring-boot3");
    }

    @Test
    void a_disabled_starter_does_not_ask_for_a_module() {
        SpringApplication application = withoutModule();
        application.addInitializers(context -> {
            throw new UnsupportedOperationException("the environment was accepted");
        });
        assertThatThrownBy(() -> RealHost.start(application, "resilience.enabled=false"))
                .hasMessage("the environment was accepted");
    }

    private static SpringApplication withoutModule() {
        SpringApplication application = RealHost.application();
        application.setResourceLoader(
                new DefaultResourceLoader(new FilteredClassLoader("io.github.resilience4j.springboot3")));
        return application;
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertThatCheck(
            SpringBootLine line, SpringBootLine... present) {
        return assertThatExceptionOfType(ResilienceConfigurationException.class)
                .isThrownBy(() -> check(line, present))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.THROWABLE);
    }

    private static Problem problem(SpringBootLine line, SpringBootLine... present) {
        ResilienceConfigurationException failure =
                catchThrowableOfType(ResilienceConfigurationException.class, () -> check(line, present));
        return failure.getProblems().get(0);
    }

    private static void check(SpringBootLine line, SpringBootLine... present) {
        List<String> markers = Stream.of(present).map(SpringBootLine::marker).toList();
        Resilience4jModules.check(line, line == BOOT_3 ? "3.5.16" : "4.1.1", markers::contains);
    }
}
