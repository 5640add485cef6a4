package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.test.server.RabbitServer;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.AbstractRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.DirectRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.transaction.RabbitTransactionManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A listener whose channel is transacted. It sends on what it gets, and then does what its recorder is told.
 * The property {@code test.type} says of which kind its container is.
 */
@Configuration(proxyBeanMethods = false)
class Shipping {

    /** A service with this listener, not started, and the queue that it sends to. */
    static Host host(RabbitServer rabbit, String type, Class<?>... more) {
        Class<?>[] sources =
                Stream.concat(Stream.of(Shipping.class), Stream.of(more)).toArray(Class<?>[]::new);
        Host host = Host.of(rabbit, sources).with("test.type", type);
        host.onChannel(channel -> channel.queueDeclare(queue(host), true, false, false, null));
        return host;
    }

    /** What it has sent. */
    static List<String> shipped(Host host) {
        return host.bodies(queue(host));
    }

    static void close(Host host) {
        host.close();
        host.onChannel(channel -> channel.queueDelete(queue(host)));
    }

    private static String queue(Host host) {
        return host.queue() + ".shipped";
    }

    @Bean
    Recorder recorder() {
        return new Recorder().failAlways("poison");
    }

    @Bean
    AbstractRabbitListenerContainerFactory<?> rabbitListenerContainerFactory(
            ConnectionFactory connections, @Value("${test.type}") String type) {
        SimpleRabbitListenerContainerFactory simple = new SimpleRabbitListenerContainerFactory();
        AbstractRabbitListenerContainerFactory<?> factory =
                type.equals("direct") ? new DirectRabbitListenerContainerFactory() : simple;
        factory.setConnectionFactory(connections);
        factory.setChannelTransacted(true);
        if (type.equals("managed")) {
            factory.setTransactionManager(new RabbitTransactionManager(connections));
        }
        if (type.equals("batch")) {
            simple.setConsumerBatchEnabled(true);
        }
        if (type.equals("batch") || type.equals("several")) {
            simple.setBatchSize(4);
            simple.setReceiveTimeout(300L);
        }
        return factory;
    }

    @Bean
    Object listener(
            Recorder recorder,
            RabbitTemplate template,
            @Value("${test.queue}") String queue,
            @Value("${test.type}") String type) {
        template.setChannelTransacted(true);
        if (!type.equals("batch")) {
            return new Object() {
                @RabbitListener(id = "orders", queues = "${test.queue}")
                void onOrder(String order) {
                    template.convertAndSend(queue + ".shipped", order);
                    recorder.see(order);
                }
            };
        }
        return new Object() {
            @RabbitListener(id = "orders", queues = "${test.queue}")
            void onOrders(List<String> orders) {
                for (String order : orders) {
                    template.convertAndSend(queue + ".shipped", order);
                    recorder.see(order);
                }
            }
        };
    }
}
