package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.GetResponse;
import io.github.resiliencestarter.messaging.DeadLetterHeaders;
import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that come back from the dead letters. */
@WithRabbit
class ReplayIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void what_is_for_another_queue_is_passed_over(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class).start();
        Map<String, Object> replay = Map.of(
                DeadLetterHeaders.ID,
                "some-id",
                DeadLetterHeaders.GROUP,
                "another",
                DeadLetterHeaders.REPLAY_COUNT,
                "1",
                DeadLetterHeaders.REPLAY_ID,
                "run");
        host.sendWith(replay, "theirs").send("ours");
        await().until(() -> host.bean(Recorder.class).seen().contains("ours"));
        assertThat(host.bean(Recorder.class).seen()).containsExactly("ours");
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void what_fails_again_is_the_same_letter_and_goes_on_counting(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class).start().send("poison");
        await().untilAsserted(() -> assertThat(host.deadLetters()).hasSize(1));
        GetResponse first = host.messages(host.queue() + ".dlq").get(0);
        Map<String, Object> headers = new HashMap<>(first.getProps().getHeaders());
        headers.put(DeadLetterHeaders.REPLAY_COUNT, "1");
        headers.put(DeadLetterHeaders.REPLAY_ID, "run-1");
        host.sendWith(headers, "poison");
        await().untilAsserted(() -> assertThat(host.deadLetters()).hasSize(2));
        GetResponse second = host.messages(host.queue() + ".dlq").get(1);
        assertThat(text(second, DeadLetterHeaders.ID)).isEqualTo(text(first, DeadLetterHeaders.ID));
        assertThat(text(second, DeadLetterHeaders.ATTEMPTS)).isEqualTo("6");
        assertThat(text(second, DeadLetterHeaders.REPLAY_COUNT)).isEqualTo("1");
        assertThat(text(second, DeadLetterHeaders.REPLAY_ID)).isEqualTo("run-1");
        assertThat(text(second, DeadLetterHeaders.FIRST_FAILED_AT))
                .isEqualTo(text(first, DeadLetterHeaders.FIRST_FAILED_AT));
    }

    private static String text(GetResponse message, String name) {
        return String.valueOf(message.getProps().getHeaders().get(name));
    }
}
