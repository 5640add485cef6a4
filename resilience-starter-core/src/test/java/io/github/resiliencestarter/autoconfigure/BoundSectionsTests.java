package io.github.resiliencestarter.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.mock.env.MockEnvironment;

class BoundSectionsTests {

    record Ours(String key) {}

    /** The names of the beans are the prefixes that they are bound to. */
    private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory() {
        @Override
        public <A extends Annotation> A findAnnotationOnBean(String name, Class<A> type, boolean init) {
            return AnnotationUtils.synthesizeAnnotation(Map.of("prefix", name), type, null);
        }
    };

    @Test
    void keys_of_the_host_below_ours_are_not_ours_to_judge() {
        beans.registerBeanDefinition("resilience.kafka", new RootBeanDefinition(Ours.class));
        beans.registerBeanDefinition("resilience.kafka.acme", new RootBeanDefinition(StringBuilder.class));
        beans.registerBeanDefinition("acme", new RootBeanDefinition(StringBuilder.class));

        assertThat(problems("resilience.kafka.acme.team.lead")).isEmpty();
        assertThat(problems("resilience.kafka.key")).isEmpty();
        assertThat(problems("resilience.kafka.kei")).hasSize(1);
        assertThat(beans.getSingletonNames()).isEmpty();
    }

    private List<?> problems(String property) {
        Findings findings = new Findings();
        BoundSections.in(beans).check(new PropertyOrigins(new MockEnvironment().withProperty(property, "1")), findings);
        return findings.errors();
    }
}
