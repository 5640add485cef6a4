package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.AmqpRejectAndDontRequeueException;
import org.springframework.amqp.ImmediateAcknowledgeAmqpException;
import org.springframework.amqp.support.converter.MessageConversionException;

/** What is not tried again. */
@WithRabbit
class ErrorIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void an_error_is_a_dead_letter_and_the_container_goes_on(RabbitServer rabbit) {
        start(rabbit).on("b", attempt -> {
            throw new AssertionError("b");
        });
        goesOnAfter("b");
        assertThat(host.deadLetters()).containsExactly("b");
    }

    @Test
    void a_virtual_machine_in_trouble_stops_the_container_and_acknowledges_nothing_of_it(RabbitServer rabbit) {
        Recorder recorder = start(rabbit).on("b", attempt -> {
            throw new InternalError("simulated");
        });
        host.container().setjavaLangErrorHandler(error -> {}); // by default it ends the virtual machine
        host.send("a", "b");
        await().until(() -> !host.container().isRunning());
        assertThat(recorder.seen()).containsExactly("a", "b");
        assertThat(host.unacknowledged()).isOne();
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void nor_is_anything_acknowledged_where_it_is_in_trouble_at_the_second_attempt(RabbitServer rabbit) {
        start(rabbit).on("b", attempt -> {
            if (attempt == 2) {
                throw new InternalError("simulated");
            }
            throw new IllegalStateException("b");
        });
        host.send("b");
        await().dontCatchUncaughtExceptions().until(() -> !host.container().isRunning());
        assertThat(host.unacknowledged()).isOne();
        assertThat(host.deadLetters()).isEmpty();
    }

    @Test
    void a_programming_error_is_not_tried_again(RabbitServer rabbit) {
        start(rabbit).on("b", attempt -> {
            throw new IllegalStateException(new NullPointerException());
        });
        goesOnAfter("b");
        assertThat(host.deadLetters()).containsExactly("b");
    }

    @Test
    void what_the_listener_rejects_is_a_dead_letter_at_once(RabbitServer rabbit) {
        start(rabbit).on("b", attempt -> {
            throw new AmqpRejectAndDontRequeueException("b");
        });
        goesOnAfter("b");
        assertThat(host.deadLetters()).containsExactly("b");
    }

    @Test
    void a_failure_that_cannot_say_what_it_is_is_a_dead_letter(RabbitServer rabbit) {
        start(rabbit).on("b", attempt -> {
            throw new Mute();
        });
        host.send("a", "b", "c");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("b"));
        assertThat(host.unacknowledged()).isZero();
    }

    @SuppressWarnings("serial")
    private static final class Mute extends RuntimeException {

        @Override
        public String getMessage() {
            throw new UnsupportedOperationException("not loaded");
        }
    }

    @Test
    void what_the_listener_wants_to_be_acknowledged_is_no_failure(RabbitServer rabbit) {
        start(rabbit).on("b", attempt -> {
            throw new ImmediateAcknowledgeAmqpException("b");
        });
        goesOnAfter("b");
        assertThat(host.deadLetters()).isEmpty();
    }

    /** As it comes from a dead letter queue of the broker: there Spring acknowledges it, and it is gone. */
    @Test
    void what_cannot_be_converted_is_not_discarded_because_it_was_dead_lettered_before(RabbitServer rabbit) {
        start(rabbit).on("b", attempt -> {
            throw new MessageConversionException("b");
        });
        host.sendWith(Map.of("x-death", List.of(Map.of("reason", "rejected", "queue", "q", "count", 1L))), "b");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("b"));
        assertThat(host.bean(Recorder.class).count("b")).isOne();
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void a_queue_has_settings_of_its_own(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class);
        host.with("resilience.rabbit.listener.queues[" + host.queue() + "].retry.max-attempts", 5)
                .start();
        host.send("poison");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        assertThat(host.bean(Recorder.class).count("poison")).isEqualTo(5);
    }

    private Recorder start(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class).start();
        return host.bean(Recorder.class);
    }

    private void goesOnAfter(String failing) {
        Recorder recorder = host.bean(Recorder.class);
        host.send("a", failing, "c");
        await().until(() -> recorder.seen().contains("c"));
        assertThat(recorder.seen()).containsExactly("a", failing, "c");
        await().untilAsserted(() -> assertThat(host.unacknowledged()).isZero());
    }
}
