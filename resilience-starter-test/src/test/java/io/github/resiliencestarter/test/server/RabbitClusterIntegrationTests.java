package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.RequiresCapability;
import io.github.resiliencestarter.test.WithRabbit;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;

@WithRabbit(nodes = 3)
@RequiresCapability({Capability.CLUSTER, Capability.KILL})
class RabbitClusterIntegrationTests {

    private final RabbitServer rabbit;

    RabbitClusterIntegrationTests(RabbitServer rabbit) {
        this.rabbit = rabbit;
    }

    @Test
    void a_quorum_queue_goes_on_when_the_node_of_its_leader_is_killed() throws Exception {
        RabbitQueue queue = new RabbitQueue(rabbit, "replicated", "quorum");
        queue.declare();
        // a queue is led by the node that it was declared at
        Node leader = rabbit.node(0);
        List<? extends Node> others = rabbit.nodes().subList(1, 3);
        Set<Integer> confirmed;
        try (RabbitPublisher publisher = queue.publisher(List.of(leader))) {
            Thread sending = publisher.sendUntilItBreaks();
            await().pollDelay(Duration.ofSeconds(2))
                    .until(() -> publisher.confirmed().size() > 1_000);
            leader.kill();
            sending.join();
            confirmed = publisher.confirmed();
        }
        confirmed.addAll(sentWithoutTheLeader(queue, others));
        leader.start();
        assertThat(queue.read(List.of(leader))).containsAll(confirmed);
    }

    @Test
    void what_is_confirmed_survives_the_death_of_all_nodes() throws Exception {
        RabbitQueue queue = new RabbitQueue(rabbit, "dead", "quorum");
        queue.declare();
        Set<Integer> confirmed;
        try (RabbitPublisher publisher = queue.publisher()) {
            Thread sending = publisher.sendUntilItBreaks();
            await().pollDelay(Duration.ofSeconds(2))
                    .until(() -> publisher.confirmed().size() > 1_000);
            rabbit.kill();
            sending.join();
            confirmed = publisher.confirmed();
        }
        rabbit.start();
        assertThat(queue.read(rabbit.nodes())).containsAll(confirmed);
    }

    @Test
    @RequiresCapability(Capability.PAUSE)
    void a_node_that_was_paused_takes_part_again() throws Exception {
        RabbitQueue queue = new RabbitQueue(rabbit, "paused", "quorum");
        queue.declare();
        rabbit.node(0).pause();
        Set<Integer> confirmed = sentWithoutTheLeader(queue, rabbit.nodes().subList(1, 3));
        rabbit.heal();
        assertThat(readFromOneThatMayStillRejoin(queue, rabbit.node(0))).containsAll(confirmed);
    }

    /** The others have taken it for dead, so it starts anew, and breaks its connections, before it takes part. */
    private static Set<Integer> readFromOneThatMayStillRejoin(RabbitQueue queue, Node node) {
        Set<Integer> numbers = new TreeSet<>();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> {
            queue.read(List.of(node), numbers);
            return true;
        });
        return numbers;
    }

    /** What a channel sends while a leader is elected may never be confirmed; so it is sent anew, by another one. */
    private static Set<Integer> sentWithoutTheLeader(RabbitQueue queue, List<? extends Node> nodes) {
        Set<Integer> confirmed = new TreeSet<>();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            try (RabbitPublisher publisher = queue.publisher(nodes)) {
                publisher.send(100);
                await().atMost(Duration.ofSeconds(2)).until(() -> publisher.unconfirmed() == 0);
                return confirmed.addAll(publisher.confirmed());
            } catch (ConditionTimeoutException again) {
                return false;
            }
        });
        return confirmed;
    }
}
