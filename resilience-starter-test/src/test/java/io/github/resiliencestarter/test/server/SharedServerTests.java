package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedServerTests {

    private final Map<String, String> properties = new HashMap<>();
    private final Absent absent = new Absent();

    @Test
    void an_absent_server_says_for_each_mode_what_to_do() {
        assertThatExceptionOfType(ServerUnavailableException.class)
                .isThrownBy(shared()::get)
                .withMessage("There is no redis for tests here. DOCKER: absent, install it; LOCAL: absent, install it; "
                        + "EMBEDDED: absent, install it")
                .matches(e -> !e.isRequired());
    }

    @Test
    void only_the_chosen_mode_is_looked_at() {
        properties.put("resilience.test.brokers.redis", "local");

        assertThatExceptionOfType(ServerUnavailableException.class)
                .isThrownBy(shared()::get)
                .withMessage("There is no redis for tests here. LOCAL: absent, install it");
    }

    @Test
    void a_required_server_says_so() {
        properties.put("resilience.test.require", "redis");

        assertThatExceptionOfType(ServerUnavailableException.class)
                .isThrownBy(shared()::get)
                .withMessageEndingWith(". It is required by resilience.test.require=redis")
                .matches(ServerUnavailableException::isRequired);
    }

    @Test
    void nobody_waits_for_a_failure_a_second_time() {
        SharedServer<RedisServer> shared = shared();

        assertThatExceptionOfType(ServerUnavailableException.class).isThrownBy(shared::get);
        assertThatExceptionOfType(ServerUnavailableException.class).isThrownBy(shared::get);
        assertThat(absent.asked).isEqualTo(Mode.values().length);
    }

    private SharedServer<RedisServer> shared() {
        return new SharedServer<>(absent, 1, new Selection(properties::get, name -> null));
    }

    private static final class Absent implements Provider<RedisServer> {

        private int asked;

        @Override
        public Kind kind() {
            return Kind.REDIS;
        }

        @Override
        public String absence(Mode mode, int nodes) {
            asked++;
            return "absent, install it";
        }

        @Override
        public RedisServer create(Mode mode, int nodes) {
            throw new AssertionError();
        }
    }
}
