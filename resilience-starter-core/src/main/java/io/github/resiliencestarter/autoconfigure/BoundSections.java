package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.call.plan.SectionKeys;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Finds what is bound below {@code resilience}, by this module, by those of the brokers and by the host. Makes no bean for it. */
final class BoundSections {

    private static final String PREFIX = "resilience.";
    private static final String OURS = "io.github.resiliencestarter.";

    private BoundSections() {}

    static SectionKeys in(ConfigurableListableBeanFactory beans) {
        SectionKeys sections = new SectionKeys();
        for (String name : beans.getBeanDefinitionNames()) {
            ConfigurationProperties bound = beans.findAnnotationOnBean(name, ConfigurationProperties.class, false);
            Class<?> type = beans.getType(name, false);
            if (bound != null && type != null && bound.prefix().startsWith(PREFIX)) {
                add(sections, bound.prefix(), type);
            }
        }
        return sections;
    }

    private static void add(SectionKeys sections, String prefix, Class<?> type) {
        if (type.isRecord() && type.getName().startsWith(OURS)) {
            sections.add(prefix, type.asSubclass(Record.class));
        } else {
            sections.addForeign(prefix);
        }
    }
}
