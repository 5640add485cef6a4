package io.github.resiliencestarter.rabbit.conservation;

import io.github.resiliencestarter.test.conservation.ConsumerProcess;
import io.github.resiliencestarter.test.conservation.Disruption;
import io.github.resiliencestarter.test.conservation.Repeats;
import io.github.resiliencestarter.test.network.Cut;
import io.github.resiliencestarter.test.network.Reset;
import io.github.resiliencestarter.test.server.Node;
import io.github.resiliencestarter.test.server.PostgresServer;
import io.github.resiliencestarter.test.server.RabbitServer;

/** What goes wrong: each kind as often as a test wants it. */
final class Faults {

    private final Node broker;
    private final PostgresServer postgres;
    private final ConsumerProcess consumer;
    private final ConsumerProcess second;
    private final Repeats repeats;

    Faults(
            RabbitServer rabbit,
            PostgresServer postgres,
            ConsumerProcess consumer,
            ConsumerProcess second,
            Repeats repeats) {
        this.broker = rabbit.node(0);
        this.postgres = postgres;
        this.consumer = consumer;
        this.second = second;
        this.repeats = repeats;
    }

    Disruption broker() {
        return repeats.after("the broker's death", Disruption.kill(broker));
    }

    Disruption cut() {
        return repeats.after("a network cut", Disruption.network(broker.proxy(), new Cut()));
    }

    Disruption reset() {
        return repeats.after("a reset connection", Disruption.network(broker.proxy(), new Reset()));
    }

    Disruption consumer() {
        return repeats.after(
                "the consumer's death",
                Disruption.of("kill -9 of the consumer's JVM", consumer::kill, consumer::start));
    }

    /** What the broker has sent to one of them and takes back, the other one gets. */
    Disruption rivalry() {
        return repeats.after(
                "a second consumer", Disruption.of("a second consumer comes and goes", second::start, second::stop));
    }

    Disruption database() {
        return repeats.after("the database's death", Disruption.kill(postgres.node(0)));
    }

    Disruption databaseCut() {
        return repeats.after("a cut to the database", Disruption.network(postgres.proxy(), new Cut()));
    }
}
