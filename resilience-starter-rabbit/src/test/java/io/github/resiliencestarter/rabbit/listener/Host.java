package io.github.resiliencestarter.rabbit.listener;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A service that consumes a queue of its own, and what a test needs to look at it from outside. */
public final class Host implements AutoCloseable {

    /** What a test does on a channel of its own. */
    @FunctionalInterface
    public interface OnChannel<T> {
        T apply(Channel channel) throws Exception;
    }

    private final RabbitServer rabbit;
    private final String queue = "orders-" + UUID.randomUUID();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<Class<?>> sources = new ArrayList<>();
    private final List<ConfigurableApplicationContext> contexts = new ArrayList<>();

    private Host(RabbitServer rabbit) {
        this.rabbit = rabbit;
    }

    /** With a queue, and its dead letter queue. */
    public static Host of(RabbitServer rabbit, Class<?>... sources) {
        Host host = new Host(rabbit);
        host.sources.add(Application.class);
        host.sources.addAll(List.of(sources));
        host.create(host.queue);
        host.with("spring.main.banner-mode", "off")
                .with("spring.rabbitmq.addresses", rabbit.addresses())
                .with("resilience.rabbit.listener.retry.backoff.delay", "10ms")
                .with("resilience.rabbit.listener.dead-letter.queue-type", "classic")
                .with("resilience.rabbit.parking.enabled", "false")
                .with("test.queue", host.queue);
        return host;
    }

    public Host with(String property, Object value) {
        properties.put(property, value.toString());
        return this;
    }

    /** Another instance of the service, where there is one already. */
    public Host start() {
        contexts.add(new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .properties(properties.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new))
                .run());
        return this;
    }

    /** A queue, its dead letter exchange and its dead letter queue. */
    public void create(String name) {
        onChannel(channel -> {
            channel.queueDeclare(name, true, false, false, Map.of());
            channel.exchangeDeclare(name + ".dlx", BuiltinExchangeType.FANOUT, true);
            channel.queueDeclare(name + ".dlq", true, false, false, Map.of());
            return channel.queueBind(name + ".dlq", name + ".dlx", "");
        });
    }

    public <T> T onChannel(OnChannel<T> action) {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(rabbit.host());
        factory.setPort(rabbit.port());
        try (Connection connection = factory.newConnection("test");
                Channel channel = connection.createChannel()) {
            return action.apply(channel);
        } catch (IOException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public String queue() {
        return queue;
    }

    public <T> T bean(Class<T> type) {
        return contexts.get(contexts.size() - 1).getBean(type);
    }

    public AbstractMessageListenerContainer container() {
        return (AbstractMessageListenerContainer) bean(RabbitListenerEndpointRegistry.class)
                .getListenerContainers()
                .iterator()
                .next();
    }

    /** Publishes them, and waits until the broker has them. */
    public Host send(String... values) {
        return sendTo(queue, values);
    }

    public Host sendTo(String name, String... values) {
        onChannel(channel -> {
            channel.confirmSelect();
            for (String value : values) {
                byte[] body = value.getBytes(StandardCharsets.UTF_8);
                channel.basicPublish("", name, MessageProperties.PERSISTENT_TEXT_PLAIN, body);
            }
            channel.waitForConfirmsOrDie();
            return name;
        });
        return this;
    }

    public Host sendWith(Map<String, Object> headers, String value) {
        BasicProperties with = MessageProperties.PERSISTENT_TEXT_PLAIN
                .builder()
                .headers(headers)
                .build();
        publish(queue, with, value.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public void publish(String name, BasicProperties with, byte[] body) {
        onChannel(channel -> {
            channel.confirmSelect();
            channel.basicPublish("", name, with, body);
            channel.waitForConfirmsOrDie();
            return name;
        });
    }

    /** The bodies of all dead letters. */
    public List<String> deadLetters() {
        return bodies(queue + ".dlq");
    }

    /** The same of any queue. */
    public List<String> bodies(String name) {
        return messages(name).stream()
                .map(message -> new String(message.getBody(), StandardCharsets.UTF_8))
                .toList();
    }

    /** Of this queue, without taking them: they are given back, and counted as redelivered. */
    public List<GetResponse> messages(String name) {
        return onChannel(channel -> {
            List<GetResponse> all = new ArrayList<>();
            for (GetResponse next = channel.basicGet(name, false); next != null; next = channel.basicGet(name, false)) {
                all.add(next);
            }
            return all;
        });
    }

    /** How many messages of the queue nobody has acknowledged. Stops the service, so that the broker takes back what is with it. */
    public int unacknowledged() {
        stop();
        return onChannel(channel -> channel.queueDeclarePassive(queue).getMessageCount());
    }

    /** Ends the service, as a deployment does. */
    public void stop() {
        contexts.forEach(ConfigurableApplicationContext::close);
        contexts.clear();
    }

    @Override
    public void close() {
        stop();
        onChannel(channel -> {
            channel.exchangeDelete(queue + ".dlx");
            channel.queueDelete(queue + ".dlq");
            return channel.queueDelete(queue);
        });
    }

    /** {@code a1, a2, a3}. */
    static String[] values(String prefix, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> prefix + i).toArray(String[]::new);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
    static class Application {}
}
