package io.github.resiliencestarter.rabbit.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.support.ListenerExecutionFailedException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A listener for batches that the container gathers. It does for each message what its recorder is told. */
@Configuration(proxyBeanMethods = false)
class Batches {

    /** What the listener was called with. */
    static final class Calls {

        final List<List<String>> seen = new CopyOnWriteArrayList<>();
        /** Whether the listener goes on after a failure, and says at the end which messages have failed. */
        volatile boolean saysWhich;
    }

    @Bean
    Calls calls() {
        return new Calls();
    }

    @Bean
    Recorder recorder() {
        return new Recorder().failAlways("poison", "poison2");
    }

    @Bean
    SimpleRabbitListenerContainerFactory rabbitListenerContainerFactory(ConnectionFactory connections) {
        return ofEight(connections);
    }

    /** Batches that the container gathers. */
    static SimpleRabbitListenerContainerFactory ofEight(ConnectionFactory connections) {
        SimpleRabbitListenerContainerFactory factory = new SimpleRabbitListenerContainerFactory();
        factory.setConnectionFactory(connections);
        factory.setConsumerBatchEnabled(true);
        factory.setBatchSize(8);
        factory.setReceiveTimeout(300L);
        return factory;
    }

    @Bean
    Object listener(Recorder recorder, Calls calls) {
        return new Object() {
            @RabbitListener(id = "orders", queues = "${test.queue}")
            void onOrders(List<Message> orders) {
                calls.seen.add(
                        orders.stream().map(each -> new String(each.getBody())).toList());
                if (!calls.saysWhich) {
                    orders.forEach(each -> recorder.see(new String(each.getBody())));
                    return;
                }
                List<Message> failed = new ArrayList<>();
                for (Message order : orders) {
                    try {
                        recorder.see(new String(order.getBody()));
                    } catch (IllegalStateException poison) {
                        failed.add(order);
                    }
                }
                if (!failed.isEmpty()) {
                    throw new ListenerExecutionFailedException(
                            "some", new IllegalStateException("some"), failed.toArray(Message[]::new));
                }
            }
        };
    }
}
