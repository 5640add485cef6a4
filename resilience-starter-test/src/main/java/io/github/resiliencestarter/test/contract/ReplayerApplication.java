package io.github.resiliencestarter.test.contract;

import java.io.IOException;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** An instance that listens to nothing and runs replays, in a JVM of its own. It ends with whoever holds its standard input. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ReplayerApplication {

    public static void main(String[] arguments) throws IOException {
        new SpringApplicationBuilder(ReplayerApplication.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
        while (System.in.read() >= 0) {
            // nobody writes
        }
        Runtime.getRuntime().halt(1);
    }
}
