package io.github.resiliencestarter.samples.storage.codes;

import io.github.resiliencestarter.samples.storage.client.InMemoryObjectStore;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableAsync;

/** The application. Nothing here, or below, configures protection: it is one annotation and application.yml. */
@SpringBootApplication
@EnableAsync
public class CodesApplication {

    @Bean
    InMemoryObjectStore objectStore() {
        return new InMemoryObjectStore();
    }
}
