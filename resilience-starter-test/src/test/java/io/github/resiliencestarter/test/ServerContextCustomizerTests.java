package io.github.resiliencestarter.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

class ServerContextCustomizerTests {

    private final ContextCustomizerFactory factory = new ServerContextCustomizerFactory();

    @Test
    void spring_finds_the_factory() {
        assertThat(SpringFactoriesLoader.loadFactories(
                        ContextCustomizerFactory.class, getClass().getClassLoader()))
                .hasAtLeastOneElementOfType(ServerContextCustomizerFactory.class);
    }

    @Test
    void classes_with_the_same_servers_share_their_context() {
        @WithKafka
        @WithRabbit
        class One {}

        @WithRabbit
        @WithKafka
        class Two {}

        assertThat(of(One.class)).isEqualTo(of(Two.class)).hasSameHashCodeAs(of(Two.class));
    }

    @Test
    void classes_with_other_servers_do_not_share_their_context() {
        @WithKafka
        class One {}

        @WithKafka(nodes = 3)
        class Cluster {}

        assertThat(of(One.class)).isNotEqualTo(of(Cluster.class));
    }

    @Test
    void the_context_of_a_class_without_servers_is_left_alone() {
        assertThat(of(Object.class)).isNull();
    }

    private ContextCustomizer of(Class<?> testClass) {
        return factory.createContextCustomizer(testClass, List.of());
    }
}
