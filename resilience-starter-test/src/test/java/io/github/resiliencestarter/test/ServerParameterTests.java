package io.github.resiliencestarter.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resiliencestarter.test.server.KafkaServer;
import io.github.resiliencestarter.test.server.Server;
import java.lang.reflect.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ParameterResolutionException;

class ServerParameterTests {

    private final Server rabbit = StubServer.of("rabbit");
    private final Server redis = StubServer.of("redis");

    @Test
    void the_only_server_is_injected_by_its_interface() {
        assertThat(ServerParameter.resolve(parameter(0), List.of(rabbit))).isSameAs(rabbit);
    }

    @Test
    void among_several_the_type_has_to_say_which_one() {
        assertThatThrownBy(() -> ServerParameter.resolve(parameter(0), List.of(rabbit, redis)))
                .isInstanceOf(ParameterResolutionException.class)
                .hasMessageContaining("could be rabbit and redis: ask for the type of one of them");
    }

    @Test
    void a_server_that_the_class_does_not_ask_for_is_a_mistake() {
        assertThatThrownBy(() -> ServerParameter.resolve(parameter(1), List.of(rabbit)))
                .isInstanceOf(ParameterResolutionException.class)
                .hasMessageContaining("put @WithKafka on the class");
    }

    private static Parameter parameter(int index) {
        try {
            return Parameters.class.getDeclaredMethod("test", Server.class, KafkaServer.class)
                    .getParameters()[index];
        } catch (NoSuchMethodException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private interface Parameters {
        void test(Server any, KafkaServer kafka);
    }
}
