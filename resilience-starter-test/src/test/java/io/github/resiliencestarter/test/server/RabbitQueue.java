package io.github.resiliencestarter.test.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A durable queue of numbered messages, and RabbitMQ's own client. No connection recovers by itself: what broke shows.
 *
 * @param type {@code classic} or {@code quorum}
 */
record RabbitQueue(RabbitServer server, String name, String type) {

    private static final String END = "end";

    void declare() throws IOException, TimeoutException {
        try (Connection connection = connect(server.nodes());
                Channel channel = connection.createChannel()) {
            channel.queueDeclare(name, true, false, false, Map.of("x-queue-type", type));
        }
    }

    RabbitPublisher publisher() throws IOException, TimeoutException {
        return publisher(server.nodes());
    }

    RabbitPublisher publisher(List<? extends Node> nodes) throws IOException, TimeoutException {
        return new RabbitPublisher(connect(nodes), name);
    }

    /** Takes all messages out of the queue: those that come before one that is sent now. */
    Set<Integer> read(List<? extends Node> nodes) throws Exception {
        Set<Integer> numbers = new TreeSet<>();
        read(nodes, numbers);
        return numbers;
    }

    /** The same, as far as it comes: what it has not acknowledged when the connection breaks stays in the queue. */
    void read(List<? extends Node> nodes, Set<Integer> numbers) throws Exception {
        try (Connection connection = connect(nodes);
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish("", name, MessageProperties.PERSISTENT_BASIC, END.getBytes(StandardCharsets.US_ASCII));
            channel.waitForConfirmsOrDie(30_000);
            CountDownLatch end = new CountDownLatch(1);
            channel.basicConsume(
                    name,
                    false,
                    (tag, message) -> {
                        String body = new String(message.getBody(), StandardCharsets.US_ASCII);
                        if (!body.equals(END)) {
                            numbers.add(Integer.valueOf(body));
                        }
                        channel.basicAck(message.getEnvelope().getDeliveryTag(), false);
                        if (body.equals(END)) {
                            end.countDown();
                        }
                    },
                    tag -> {});
            assertThat(end.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** To the first of the nodes that answers. */
    Connection connect(List<? extends Node> nodes) throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUsername(server.username());
        factory.setPassword(server.password());
        factory.setVirtualHost(server.virtualHost());
        factory.setAutomaticRecoveryEnabled(false);
        return factory.newConnection(nodes.stream()
                .map(node -> new Address(server.host(), node.proxy().port()))
                .toList());
    }
}
