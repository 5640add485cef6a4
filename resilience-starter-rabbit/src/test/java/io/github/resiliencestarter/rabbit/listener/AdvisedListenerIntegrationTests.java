package io.github.resiliencestarter.rabbit.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.resiliencestarter.test.WithRabbit;
import io.github.resiliencestarter.test.server.RabbitServer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.config.AbstractRabbitListenerContainerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A container whose host has given it an advice chain. */
@WithRabbit
class AdvisedListenerIntegrationTests {

    private Host host;

    @AfterEach
    void close() {
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "direct"})
    void advice_sees_each_attempt_and_how_it_ends(String type, RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class, Watching.class)
                .with("spring.rabbitmq.listener.type", type)
                .send("poison", "a")
                .start();
        List<String> ended = host.bean(Watching.class).ended;
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        assertThat(host.unacknowledged()).isZero();
        assertThat(ended).containsExactlyInAnyOrder("poison failed", "poison failed", "poison failed", "a passed");
    }

    @Test
    void a_message_that_advice_passes_over_is_acknowledged(RabbitServer rabbit) {
        host = Host.of(rabbit, SingleMessages.class, Idempotent.class)
                .send("a", "b", "a")
                .start();
        await().until(() -> host.bean(Idempotent.class).passedOver.contains("a"));
        assertThat(host.bean(Recorder.class).seen()).containsExactly("a", "b");
        assertThat(host.unacknowledged()).isZero();
    }

    @Test
    void advice_of_a_listener_for_batches_sees_each_batch_as_often_as_the_listener(RabbitServer rabbit) {
        host = Host.of(rabbit, Batches.class, Watching.class)
                .with("resilience.rabbit.listener.retry.max-attempts", 2)
                .send("a", "poison")
                .start();
        List<String> ended = host.bean(Watching.class).ended;
        await().untilAsserted(() -> assertThat(host.deadLetters()).containsExactly("poison"));
        assertThat(host.unacknowledged()).isZero();
        assertThat(ended).containsExactly("a,poison failed", "a,poison failed", "a passed", "poison failed");
    }

    @Configuration(proxyBeanMethods = false)
    static class Watching {

        final List<String> ended = new CopyOnWriteArrayList<>();

        @Bean
        static BeanPostProcessor watch(org.springframework.beans.factory.ObjectProvider<Watching> watching) {
            return advice(call -> {
                String what = values(call.getArguments()[1]);
                List<String> ended = watching.getObject().ended;
                try {
                    Object result = call.proceed();
                    ended.add(what + " passed");
                    return result;
                } catch (Exception failure) {
                    ended.add(what + " failed");
                    throw failure;
                }
            });
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Idempotent {

        final List<String> passedOver = new CopyOnWriteArrayList<>();

        @Bean
        static BeanPostProcessor once(org.springframework.beans.factory.ObjectProvider<Idempotent> idempotent) {
            Set<String> known = ConcurrentHashMap.newKeySet();
            return advice(call -> {
                String what = values(call.getArguments()[1]);
                if (known.add(what)) {
                    return call.proceed();
                }
                idempotent.getObject().passedOver.add(what);
                return null;
            });
        }
    }

    private static BeanPostProcessor advice(MethodInterceptor advice) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof AbstractRabbitListenerContainerFactory<?> factory) {
                    factory.setAdviceChain(advice);
                }
                return bean;
            }
        };
    }

    private static String values(Object data) {
        List<?> messages = data instanceof List<?> several ? several : List.of(data);
        return String.join(
                ",",
                messages.stream()
                        .map(each -> new String(((Message) each).getBody()))
                        .toList());
    }
}
