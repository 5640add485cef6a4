package io.github.resiliencestarter.autoconfigure;

import org.springframework.boot.SpringBootVersion;

/** The lines of Spring Boot that we run on, each with the module of resilience4j that runs on it and on no other. */
enum SpringBootLine {
    BOOT_3("resilience4j-spring-boot3", "io.github.resilience4j.springboot3"),
    BOOT_4("resilience4j-spring-boot4", "io.github.resilience4j.springboot");

    private final String module;
    private final String basePackage;

    SpringBootLine(String module, String basePackage) {
        this.module = module;
        this.basePackage = basePackage;
    }

    static SpringBootLine current() {
        return of(SpringBootVersion.getVersion());
    }

    /** A line that is newer than all we know is treated as the newest one. */
    static SpringBootLine of(String version) {
        int major = Integer.parseInt(version.substring(0, version.indexOf('.')));
        return major < 4 ? BOOT_3 : BOOT_4;
    }

    SpringBootLine other() {
        return this == BOOT_3 ? BOOT_4 : BOOT_3;
    }

    /** The artifactId of resilience4j's module. */
    String module() {
        return module;
    }

    /** A class that only this line's module has. */
    String marker() {
        return basePackage + ".circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration";
    }

    @Override
    public String toString() {
        return this == BOOT_3 ? "Spring Boot 3" : "Spring Boot 4";
    }
}
