package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.ResilientCall;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

class ClassPathTests {

    @Test
    void the_host_has_our_packaged_jar_and_not_a_directory_of_classes() {
        String location = ResilientCall.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        assertThat(location).endsWith(".jar");
    }

    @Test
    void the_host_is_on_the_spring_boot_that_its_module_names() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("expected.spring-boot.version"));
    }
}
