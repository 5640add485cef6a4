package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resiliencestarter.ResilienceConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.DefaultResourceLoader;

/** What the host is told about resilience4j's module for its Spring Boot, which is or is not on the class path. */
@ExtendWith(OutputCaptureExtension.class)
class Resilience4jModuleTests {

    private static final boolean ON_BOOT_4 = SpringBootVersion.getVersion().startsWith("4.");
    private static final String OWN = "resilience4j-spring-boot" + (ON_BOOT_4 ? 4 : 3);
    private static final String OTHER = "resilience4j-spring-boot" + (ON_BOOT_4 ? 3 : 4);

    @AfterEach
    void resilience4j_itself_was_not_asked(CapturedOutput output) {
        assertThat(output).contains("APPLICATION FAILED TO START").doesNotContain("is only compatible with");
    }

    @Test
    void neither_module(CapturedOutput output) {
        start(withoutOwnModule());
        assertThat(output).contains("neither " + OWN + " nor " + OTHER + " is there");
        assertThat(output)
                .contains(
                        ON_BOOT_4
                                ? "Add the dependency io.github.resilience4j:resilience4j-spring-boot4"
                                : "Remove the exclusion of io.github.resilience4j:resilience4j-spring-boot3");
    }

    @Test
    void the_wrong_module(CapturedOutput output) {
        start(withOtherModule(withoutOwnModule()));
        assertThat(output).contains("this is Spring Boot " + SpringBootVersion.getVersion() + ", and " + OTHER);
        assertThat(output)
                .contains(
                        ON_BOOT_4
                                ? "and add the dependency io.github.resilience4j:resilience4j-spring-boot4"
                                : "Remove io.github.resilience4j:resilience4j-spring-boot4");
    }

    @Test
    void both_modules(CapturedOutput output) {
        start(withOtherModule(getClass().getClassLoader()));
        assertThat(output)
                .contains(
                        ON_BOOT_4
                                ? "Import the BOM io.github.resiliencestarter:resilience-starter-boot4"
                                : "Remove io.github.resilience4j:resilience4j-spring-boot4")
                .doesNotContain("and add the dependency");
    }

    private static void start(ClassLoader classLoader) {
        SpringApplication application = HostApplication.withoutWeb(HostApplication.class);
        application.setResourceLoader(new DefaultResourceLoader(classLoader));
        assertThatExceptionOfType(ResilienceConfigurationException.class)
                .isThrownBy(() -> HostApplication.run(application));
    }

    private static ClassLoader withoutOwnModule() {
        return new FilteredClassLoader("io.github.resilience4j.springboot" + (ON_BOOT_4 ? "." : "3."));
    }

    private static ClassLoader withOtherModule(ClassLoader parent) {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("other-line.directory")))) {
            return new URLClassLoader(
                    new URL[] {jars.findFirst().orElseThrow().toUri().toURL()}, parent);
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }
}
