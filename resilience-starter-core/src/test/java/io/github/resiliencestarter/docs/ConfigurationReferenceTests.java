package io.github.resiliencestarter.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTests {

    @Test
    void the_tables_of_the_reference_are_those_of_the_metadata() throws IOException {
        String upToDate = ConfigurationReference.upToDate(ConfigurationReference.current());
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(ConfigurationReference.page(), upToDate);
        }
        assertThat(ConfigurationReference.current().equals(upToDate))
                .as("docs/configuration.md is out of date; write it anew: " + ConfigurationReference.COMMAND)
                .isTrue();
    }
}
