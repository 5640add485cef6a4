package io.github.resiliencestarter.test;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Adds to the application under test what the annotations of the test class ask for. */
class ResilienceContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        if (!isExtended(testClass)) {
            return null;
        }
        return new ResilienceContextCustomizer(
                TestContextAnnotationUtils.hasAnnotation(testClass, WithVirtualTime.class),
                TestContextAnnotationUtils.hasAnnotation(testClass, ResilienceTest.class));
    }

    private static boolean isExtended(Class<?> testClass) {
        Class<?> type = testClass;
        while (type != null) {
            boolean extended = MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY).stream(ExtendWith.class)
                    .flatMap(each -> Arrays.stream(each.getClassArray("value")))
                    .anyMatch(ResilienceExtension.class::equals);
            if (extended) {
                return true;
            }
            type = type.getEnclosingClass();
        }
        return false;
    }
}
