package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Listeners whose channel is transacted. Each sends on what it gets before it fails. */
@WithRabbit
@ExtendWith(OutputCaptureExtension.class)
class TransactionsIntegrationTests {

    /** Less than a letter may take: nobody tries again meanwhile. */
    private static final Duration A_WHILE = Duration.ofMillis(500);

    private Host host;

    @AfterEach
    void close() {
        Shipping.close(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct", "batch"})
    void a_failed_attempt_is_tried_again_and_what_it_wrote_is_not_there(String type, RabbitServer rabbit) {
        start(rabbit, type);
        recorder().failUntil(3, "b");
        host.send("a", "b", "c");
        await().untilAsserted(() -> assertThat(shipped()).containsExactly("a", "b", "c"));
        assertThat(recorder().count("b")).isEqualTo(3);
        assertThat(host.unacknowledged()).isZero();
        assertThat(host.deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct", "batch"})
    void what_is_given_up_is_a_dead_letter_once_and_wrote_nothing(String type, RabbitServer rabbit) {
        start(rabbit, type);
        host.send("a", "poison", "c");
        await().untilAsserted(() -> assertThat(shipped()).containsExactly("a", "c"));
        assertThat(host.deadLetters()).containsExactly("poison");
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void several_messages_in_one_transaction_are_not_undone_by_one_that_fails(RabbitServer rabbit) {
        start(rabbit, "several");
        host.send("a", "b", "poison", "d");
        await().untilAsserted(() -> assertThat(shipped()).containsExactly("a", "b", "d"));
        assertThat(recorder().seen()).containsOnlyOnce("a", "b", "d");
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void a_message_is_not_acknowledged_before_somebody_has_its_letter(RabbitServer rabbit) {
        start(rabbit, "simple", LateConfirms.class);
        host.send("a", "poison", "c");
        host.bean(LateConfirms.class).awaitLetter();
        await().during(A_WHILE).until(() -> shipped().equals(List.of("a")));
        host.bean(LateConfirms.class).confirmFirst();
        await().untilAsserted(() -> assertThat(shipped()).containsExactly("a", "c"));
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void when_the_service_stops_a_message_without_letter_comes_again(RabbitServer rabbit) {
        start(rabbit, "simple", LateConfirms.class);
        host.send("poison", "c");
        host.bean(LateConfirms.class).awaitLetter();
        assertThat(host.unacknowledged()).isEqualTo(2);
    }

    @Test
    void a_transaction_manager_of_the_container_takes_precedence_and_the_log_names_the_remedy(
            RabbitServer rabbit, CapturedOutput output) {
        start(rabbit, "managed");
        recorder().failUntil(2, "b");
        host.send("a", "b");
        await().untilAsserted(() -> assertThat(shipped()).containsExactly("a", "b"));
        assertThat(output)
                .containsOnlyOnce("Listener orders is not protected: it has a transaction manager."
                        + " Annotate the listener with @Transactional instead");
    }

    private void start(RabbitServer rabbit, String type, Class<?>... more) {
        host = Shipping.host(rabbit, type, more).start();
    }

    private List<String> shipped() {
        return Shipping.shipped(host);
    }

    private Recorder recorder() {
        return host.bean(Recorder.class);
    }
}
