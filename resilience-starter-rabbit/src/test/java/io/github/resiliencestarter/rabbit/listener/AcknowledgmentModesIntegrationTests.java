package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.support.AmqpHeaders;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;

/** Listeners that acknowledge by themselves, and those that nobody acknowledges for. */
@WithRabbit
@ExtendWith(OutputCaptureExtension.class)
class AcknowledgmentModesIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct"})
    void what_is_given_up_is_acknowledged_for_a_listener_that_acknowledges_by_hand(String type, RabbitServer rabbit) {
        start(rabbit, type, "manual", ByHand.class);
        host.send("a", "poison", "c");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        await().until(() -> recorder().seen().contains("c"));
        assertThat(recorder().count("poison")).isEqualTo(3);
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void a_listener_that_does_not_acknowledge_leaves_its_message_with_the_broker(RabbitServer rabbit) {
        start(rabbit, "simple", "manual", ByHand.class);
        host.send("a", "forgotten", "c");
        await().until(() -> recorder().seen().contains("c"));
        assertThat(host.unacknowledged()).isOne();
    }

    @Test
    void what_the_listener_has_acknowledged_before_it_failed_is_not_acknowledged_twice(
            RabbitServer rabbit, CapturedOutput output) {
        start(rabbit, "simple", "manual", ByHand.class);
        host.send("acknowledged then poison", "c");
        await().until(() -> recorder().seen().contains("c"));
        host.send("d");
        await().until(() -> recorder().seen().contains("d"));
        assertThat(recorder().seen()).containsExactly("acknowledged then poison", "c", "d");
        assertThat(host.unacknowledged()).isZero();
        assertThat(host.deadLetters()).isEmpty();
        assertThat(output)
                .containsOnlyOnce("Listener orders has settled message")
                .doesNotContain("PRECONDITION_FAILED");
    }

    @Test
    void an_acknowledgement_of_all_before_it_leaves_those_that_wait_for_their_next_attempt(RabbitServer rabbit) {
        host = Host.of(rabbit, ByHand.class)
                .with("spring.rabbitmq.listener.simple.acknowledge-mode", "manual")
                .with("resilience.rabbit.listener.retry.backoff.delay", "5m")
                .with("resilience.rabbit.listener.retry.backoff.max-delay", "5m")
                .start();
        host.send("forgotten", "poison", "all");
        await().until(() -> recorder().seen().contains("all"));
        // The others are acknowledged by the last one.
        assertThat(host.unacknowledged()).isOne();
    }

    @Test
    void what_a_listener_acknowledges_too_late_is_not_sent_on_another_channel(
            RabbitServer rabbit, CapturedOutput output) {
        start(rabbit, "simple", "manual", ByHand.class);
        host.send("later", "later");
        await().until(() -> recorder().count("later") == 2);
        List<ThrowingCallable> late = List.copyOf(host.bean(ByHand.class).later);
        rabbit.proxy().apply(new Cut());
        rabbit.proxy().heal();
        await().until(() -> recorder().count("later") == 4);
        // Spring's proxy refuses the first, and opens another channel for the next, which has delivered nothing.
        assertThat(late)
                .hasSize(2)
                .allSatisfy(ack -> assertThatThrownBy(ack).isInstanceOf(AlreadyClosedException.class));
        assertThat(host.unacknowledged()).isEqualTo(2);
        assertThat(output).doesNotContain("unknown delivery tag");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct"})
    void without_acknowledgements_there_are_retries_and_dead_letters_and_a_warning(
            String type, RabbitServer rabbit, CapturedOutput output) {
        start(rabbit, type, "none", SingleMessages.class);
        recorder().failUntil(2, "b");
        host.send("a", "b", "poison", "d");
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        assertThat(recorder().seen()).containsOnlyOnce("a", "d");
        assertThat(recorder().count("b")).isEqualTo(2);
        assertThat(output)
                .containsOnlyOnce("Listener orders has acknowledge mode NONE")
                .doesNotContain("PRECONDITION_FAILED");
    }

    private void start(RabbitServer rabbit, String type, String mode, Class<?> listener) {
        host = Host.of(rabbit, listener)
                .with("spring.rabbitmq.listener.type", type)
                .with("spring.rabbitmq.listener." + type + ".acknowledge-mode", mode)
                .start();
    }

    private Recorder recorder() {
        return host.bean(Recorder.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class ByHand {

        private final List<ThrowingCallable> later = new CopyOnWriteArrayList<>();

        @Bean
        Recorder recorder() {
            return new Recorder().failAlways("poison");
        }

        @Bean
        Object listener(Recorder recorder, ByHand self) {
            return new Object() {
                @RabbitListener(id = "orders", queues = "${test.queue}")
                void onOrder(String order, Channel channel, @Header(AmqpHeaders.DELIVERY_TAG) long tag)
                        throws IOException {
                    if (order.equals("later")) {
                        self.later.add(() -> channel.basicAck(tag, false));
                    }
                    recorder.see(order);
                    if (order.equals("forgotten") || order.equals("later")) {
                        return;
                    }
                    channel.basicAck(tag, order.equals("all"));
                    if (order.endsWith("then poison")) {
                        throw new IllegalStateException(order);
                    }
                }
            };
        }
    }
}
