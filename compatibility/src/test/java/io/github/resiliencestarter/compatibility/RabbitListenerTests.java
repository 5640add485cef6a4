package io.github.resiliencestarter.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.ReplayRequest;
import io.github.resiliencestarter.messaging.replay.Replays;
import io.github.resiliencestarter.test.WithRabbit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.annotation.Queue;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** From a listener that fails, by way of the dead letter queue and the database, back to the listener. */
@WithRabbit
@Import(RabbitListenerTests.Orders.class)
@SpringBootTest(
        classes = HostApplication.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {
            "spring.datasource.generate-unique-name=true",
            "resilience.rabbit.listener.retry.backoff.delay=10ms",
            // there is no Kafka
            "resilience.kafka.parking.enabled=false"
        })
class RabbitListenerTests {

    private static final String QUEUE = "compatible-orders";
    private static final Duration LONG = Duration.ofSeconds(60);

    static class Orders {

        final List<String> calls = new CopyOnWriteArrayList<>();
        final List<String> processed = new CopyOnWriteArrayList<>();
        volatile boolean mended;

        @RabbitListener(queuesToDeclare = @Queue(QUEUE))
        void onOrder(String order) {
            calls.add(order);
            if (order.equals("poison") && !mended) {
                throw new IllegalStateException("no stock");
            }
            processed.add(order);
        }
    }

    @Test
    void what_a_listener_fails_at_is_tried_again_parked_and_replayed(
            @Autowired Orders orders,
            @Autowired RabbitTemplate template,
            @Autowired DeadLetterStore letters,
            @Autowired Replays replays) {
        for (String order : List.of("first", "poison", "last")) {
            template.convertAndSend("", QUEUE, order);
        }

        await().atMost(LONG).until(() -> letters.count(LetterFilter.ofSource(QUEUE)) == 1);
        assertThat(orders.calls)
                .containsExactlyInAnyOrder("first", "poison", "poison", "poison", "last")
                .startsWith("first", "poison");
        assertThat(orders.processed).containsExactly("first", "last");
        ParkedLetter parked =
                letters.find(LetterFilter.ofSource(QUEUE), null, 1).get(0);
        assertThat(parked.letter().payload()).isEqualTo("poison".getBytes());
        assertThat(parked.letter().attempts()).isEqualTo(3);

        orders.mended = true;
        replays.start(new ReplayRequest(LetterFilter.ofSource(QUEUE), null, 0, false, 3, "test", "stock is back"));

        await().atMost(LONG).until(() -> letters.find(parked.id()).orElseThrow().status() == LetterStatus.RESOLVED);
        assertThat(orders.processed).containsExactly("first", "last", "poison");
    }
}
