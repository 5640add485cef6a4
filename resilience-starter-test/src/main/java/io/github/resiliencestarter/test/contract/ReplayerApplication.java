package io.github.resiliencestarter.test.contract;

import io.github.resiliencestarter.test.conservation.ProcessedNumbers;
import java.io.IOException;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** An instance that listens to nothing and runs replays, in a JVM of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ReplayerApplication {

    public static void main(String[] arguments) throws IOException {
        ProcessedNumbers.begin();
        new SpringApplicationBuilder(ReplayerApplication.class)
                .web(WebApplicationType.NONE)
                // no listener does it
                .properties("spring.main.keep-alive=true")
                .run(arguments);
        ProcessedNumbers.ready();
    }
}
