package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.util.List;
import java.util.function.Predicate;

/**
 * Checks that the resilience4j module of this Spring Boot line is on the class path, and the other one is not. Without any,
 * the registries are missing and resilience4j's annotations do nothing, in silence; the wrong one refuses to start; both
 * together define every bean twice.
 */
final class Resilience4jModules {

    private static final String BOM = "the BOM io.github.resiliencestarter:resilience-starter-boot4";

    private Resilience4jModules() {}

    static void check(SpringBootLine line, String version, Predicate<String> isPresent) {
        boolean right = isPresent.test(line.marker());
        boolean wrong = isPresent.test(line.other().marker());
        if (!right || wrong) {
            throw new ResilienceConfigurationException(
                    List.of(new Problem("The class path", what(line, version, wrong), remedy(line, right, wrong))));
        }
    }

    private static String what(SpringBootLine line, String version, boolean wrong) {
        return wrong
                ? "this is Spring Boot " + version + ", and " + line.other().module() + " runs on " + line.other()
                        + " only"
                : "neither " + line.module() + " nor " + line.other().module()
                        + " is there, so that nothing would be protected";
    }

    private static String remedy(SpringBootLine line, boolean right, boolean wrong) {
        return line == SpringBootLine.BOOT_3 ? remedyOnBoot3(wrong) : remedyOnBoot4(right, wrong);
    }

    private static String remedyOnBoot3(boolean wrong) {
        return wrong
                ? "Remove io.github.resilience4j:resilience4j-spring-boot4, and " + BOM
                        + "; resilience-starter-core brings resilience4j-spring-boot3"
                : "Remove the exclusion of io.github.resilience4j:resilience4j-spring-boot3, and " + BOM
                        + "; resilience-starter-core brings it";
    }

    private static String remedyOnBoot4(boolean right, boolean wrong) {
        String dependency = "the dependency io.github.resilience4j:resilience4j-spring-boot4";
        if (!wrong) {
            return "Add " + dependency + "; " + BOM + " manages its version";
        }
        String exclusion = "Import " + BOM
                + ", which excludes io.github.resilience4j:resilience4j-spring-boot3 (with Gradle, exclude it yourself)";
        return right ? exclusion : exclusion + ", and add " + dependency;
    }
}
