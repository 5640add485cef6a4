package io.github.resiliencestarter.samples.storage;

import io.github.resiliencestarter.samples.storage.codes.CodesApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the application, takes it through an outage of its store, and ends. */
public final class ObjectStorageSample {

    private ObjectStorageSample() {}

    public static void main(String[] args) throws InterruptedException {
        SpringApplicationBuilder application = new SpringApplicationBuilder(CodesApplication.class).profiles("outage");
        try (ConfigurableApplicationContext context = application.run(args)) {
            new Outage(context, System.out).run();
        }
    }
}
