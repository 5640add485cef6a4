package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectionTests {

    @Test
    void without_a_word_from_the_user_docker_comes_first_and_the_jvm_last() {
        assertThat(selection(Map.of(), Map.of()).modes(Kind.KAFKA))
                .containsExactly(Mode.DOCKER, Mode.LOCAL, Mode.EMBEDDED);
        assertThat(selection(Map.of(), Map.of()).isRequired(Kind.KAFKA)).isFalse();
    }

    @Test
    void one_mode_can_be_chosen_for_all_kinds_and_another_one_for_one_kind() {
        Selection selection = selection(
                Map.of("resilience.test.brokers", "local", "resilience.test.brokers.kafka", "Embedded"), Map.of());

        assertThat(selection.modes(Kind.KAFKA)).containsExactly(Mode.EMBEDDED);
        assertThat(selection.modes(Kind.REDIS)).containsExactly(Mode.LOCAL);
    }

    @Test
    void a_kind_can_go_back_to_auto() {
        Selection selection = selection(
                Map.of("resilience.test.brokers", "local", "resilience.test.brokers.kafka", "auto"), Map.of());

        assertThat(selection.modes(Kind.KAFKA)).hasSize(3);
    }

    @Test
    void the_environment_says_it_too_and_the_property_wins() {
        Map<String, String> environment =
                Map.of("RESILIENCE_TEST_BROKERS", "docker", "RESILIENCE_TEST_REQUIRE", "kafka, postgres");

        assertThat(selection(Map.of(), environment).modes(Kind.REDIS)).containsExactly(Mode.DOCKER);
        assertThat(selection(Map.of("resilience.test.brokers", "local"), environment)
                        .modes(Kind.REDIS))
                .containsExactly(Mode.LOCAL);
        assertThat(selection(Map.of(), environment).isRequired(Kind.POSTGRES)).isTrue();
        assertThat(selection(Map.of(), environment).isRequired(Kind.REDIS)).isFalse();
    }

    @Test
    void an_empty_value_is_none() {
        assertThat(selection(Map.of("resilience.test.brokers", " "), Map.of("RESILIENCE_TEST_BROKERS", ""))
                        .modes(Kind.REDIS))
                .hasSize(3);
    }

    @Test
    void a_wrong_mode_is_named_with_its_property_and_what_is_allowed() {
        assertThatThrownBy(() -> selection(Map.of("resilience.test.brokers.kafka", "process"), Map.of())
                        .modes(Kind.KAFKA))
                .isInstanceOf(ServerException.class)
                .hasMessage("-Dresilience.test.brokers.kafka=process is not known: "
                        + "write one of auto, docker, local, embedded");
    }

    @Test
    void a_wrong_kind_is_named_with_its_variable_and_what_is_allowed() {
        assertThatThrownBy(() -> selection(Map.of(), Map.of("RESILIENCE_TEST_REQUIRE", "kafka,oracle"))
                        .isRequired(Kind.KAFKA))
                .isInstanceOf(ServerException.class)
                .hasMessage("RESILIENCE_TEST_REQUIRE=kafka,oracle is not known: "
                        + "write a list of kafka, rabbit, postgres, mariadb, redis");
    }

    @Test
    void a_property_of_a_kind_that_does_not_exist_is_named_with_those_that_do() {
        assertThatThrownBy(() -> Selection.check("resilience.test.brokers.kafak"))
                .isInstanceOf(ServerException.class)
                .hasMessage("-Dresilience.test.brokers.kafak is not known: "
                        + "write resilience.test.brokers. and one of kafka, rabbit, postgres, mariadb, redis");
        assertThatCode(() -> Selection.check("resilience.test.brokers.rabbit")).doesNotThrowAnyException();
        assertThatCode(() -> Selection.check("resilience.test.brokers")).doesNotThrowAnyException();
    }

    private static Selection selection(Map<String, String> properties, Map<String, String> environment) {
        return new Selection(properties::get, environment::get);
    }
}
