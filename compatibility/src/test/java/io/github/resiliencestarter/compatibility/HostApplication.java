package io.github.resiliencestarter.compatibility;

import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/** A web application with actuator and database, as a user of the starter has one. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({Remote.class, Ledger.class})
class HostApplication {

    /** Starts the application once more, configured in another way. */
    static ConfigurableApplicationContext start(String... properties) {
        return run(new SpringApplication(HostApplication.class), properties);
    }

    /** The same without a web server: for starts that fail, and beans that need none. */
    static SpringApplication withoutWeb(Class<?>... sources) {
        SpringApplication application = new SpringApplication(sources);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application;
    }

    static ConfigurableApplicationContext run(SpringApplication application, String... properties) {
        return application.run(Stream.concat(
                        Stream.of("spring.datasource.generate-unique-name=true", "spring.jmx.enabled=false"),
                        Stream.of(properties))
                .map(property -> "--" + property)
                .toArray(String[]::new));
    }
}
