package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.kafka.KafkaResilience;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.Circuit;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.DeadLetterSettings;
import io.github.resiliencestarter.kafka.deadletter.DeadLetterDispatch;
import io.github.resiliencestarter.kafka.deadletter.DeadLetterNames;
import io.github.resiliencestarter.kafka.deadletter.KafkaDeadLetterTransport;
import io.github.resiliencestarter.kafka.deadletter.RetryTopicNames;
import io.github.resiliencestarter.kafka.listener.ContainerParts;
import io.github.resiliencestarter.kafka.listener.ContainerProtection;
import io.github.resiliencestarter.kafka.listener.DelayedConsumers;
import io.github.resiliencestarter.kafka.listener.LetterBroker;
import io.github.resiliencestarter.kafka.listener.ListenerSettings;
import io.github.resiliencestarter.kafka.listener.TransactionProtection;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.circuit.Breakers;
import io.github.resiliencestarter.messaging.circuit.CircuitGates;
import io.github.resiliencestarter.messaging.circuit.ProbeSettings;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ProducerFactory;

/** Listeners that neither lose nor block, in the host's own containers. */
@AutoConfiguration(
        afterName = {
            "io.github.resiliencestarter.autoconfigure.ResilienceAutoConfiguration",
            "io.github.resiliencestarter.autoconfigure.ResilienceMessagesAutoConfiguration",
            "org.springframework.boot.autoconfigure.kafka.KafkaAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"
        })
@ConditionalOnClass(KafkaListenerEndpointRegistry.class)
@ConditionalOnBean(ConsumerFactory.class)
@Conditional(ConsumerSwitch.class)
@EnableConfigurationProperties(KafkaResilienceProperties.class)
public class KafkaListenerAutoConfiguration {

    @Bean
    ListenerSettings kafkaListenerSettings(KafkaResilienceProperties properties, Environment environment) {
        Findings findings = new Findings();
        new ConsumerRules(new PropertyOrigins(environment), findings).check(properties.consumer());
        findings.throwErrors();
        return new ListenerSettings(properties.consumer());
    }

    @Bean
    @ConditionalOnMissingBean
    DeadLetterNames kafkaDeadLetterNames(KafkaResilienceProperties properties) {
        DeadLetterSettings settings = properties.consumer().deadLetter();
        return new DeadLetterNames(settings.topic(), settings.suffix());
    }

    @Bean
    @ConditionalOnMissingBean
    KafkaDeadLetterTransport kafkaDeadLetterTransport(
            KafkaResilienceProperties properties,
            DeadLetterNames names,
            ObjectProvider<ProducerFactory<?, ?>> producers,
            ObjectProvider<ConsumerFactory<?, ?>> consumers) {
        return new KafkaDeadLetterTransport(
                connection(producers, consumers),
                names,
                properties.consumer().deadLetter().sendTimeout());
    }

    private static Map<String, ?> connection(
            ObjectProvider<ProducerFactory<?, ?>> producers, ObjectProvider<ConsumerFactory<?, ?>> consumers) {
        ProducerFactory<?, ?> producer = producers.getIfUnique();
        return MainConnections.of(consumers, producer == null ? null : producer.getConfigurationProperties());
    }

    @Bean
    @ConditionalOnMissingBean
    DeadLetterDispatch kafkaDeadLetterDispatch(
            KafkaResilienceProperties properties,
            KafkaDeadLetterTransport transport,
            ObjectProvider<DeadLetterStore> store,
            ObjectProvider<MessageObserver> observers) {
        DeadLetterSettings settings = properties.consumer().deadLetter();
        return new DeadLetterDispatch(
                transport,
                store::getIfAvailable,
                observers.getIfUnique(() -> MessageObserver.NONE),
                DispatchSettings.of(settings.sendTimeout(), settings.maxInFlight()));
    }

    @Bean
    TransactionProtection kafkaTransactionProtection(
            KafkaResilienceProperties properties, KafkaDeadLetterTransport transport) {
        return new TransactionProtection(
                transport, properties.consumer().deadLetter().sendTimeout());
    }

    @Bean
    DelayedConsumers kafkaDelayedConsumers(
            KafkaResilienceProperties properties, KafkaDeadLetterTransport transport, ApplicationContext context) {
        return new DelayedConsumers(new RetryTopicNames(properties.consumer().delayedTopic()), transport, context);
    }

    @Bean
    @ConditionalOnMissingBean
    KafkaResilience kafkaResilience(
            KafkaResilienceProperties properties,
            ListenerSettings settings,
            DeadLetterNames names,
            DeadLetterDispatch dispatch,
            TransactionProtection transactions,
            DelayedConsumers delayed,
            ObjectProvider<DeadLetterStore> store,
            ObjectProvider<MessageObserver> observers,
            ObjectProvider<LetterTraces> traces,
            ObjectProvider<ProducerFactory<?, ?>> producers,
            ObjectProvider<ConsumerFactory<?, ?>> consumers,
            @Qualifier("kafkaCircuitGates") ObjectProvider<CircuitGates> gates) {
        ContainerParts parts = new ContainerParts(
                settings,
                names,
                dispatch,
                store::getIfAvailable,
                observers.getIfUnique(() -> MessageObserver.NONE),
                traces.getIfUnique(() -> LetterTraces.NONE),
                properties.consumer().deadLetter().sendTimeout(),
                ConcurrentHashMap.newKeySet(),
                properties.consumer().pauseOnOpenCircuit() ? gates.getIfAvailable() : null);
        return new ContainerProtection(
                parts, transactions, delayed, new LetterBroker(connection(producers, consumers)));
    }

    @Bean
    @ConditionalOnBean(Breakers.class)
    CircuitGates kafkaCircuitGates(KafkaResilienceProperties properties, Breakers breakers, CallClock clock) {
        Circuit circuit = properties.consumer().circuit();
        return new CircuitGates(breakers, new ProbeSettings(circuit.probeInterval(), circuit.probeAttempts()), clock);
    }

    @Bean
    ListenerStart kafkaListenerStart(
            KafkaResilience resilience, KafkaResilienceProperties properties, ConfigurableListableBeanFactory beans) {
        return new ListenerStart(
                resilience, new ConsumedTopics(properties.consumer().topics()), beans);
    }

    @Bean(LateListeners.POST_PROCESSOR)
    static LateListeners.Protection kafkaLateListenerProtection(ObjectProvider<ListenerStart> start) {
        return new LateListeners.Protection(start);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LateListeners kafkaLateListeners() {
        return new LateListeners();
    }
}
