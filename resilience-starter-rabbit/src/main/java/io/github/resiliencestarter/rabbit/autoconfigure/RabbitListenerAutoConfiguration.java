package io.github.resiliencestarter.rabbit.autoconfigure;

import io.github.resiliencestarter.call.CallClock;
import io.github.resiliencestarter.call.plan.Findings;
import io.github.resiliencestarter.call.plan.PropertyOrigins;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.circuit.Breakers;
import io.github.resiliencestarter.messaging.circuit.CircuitGates;
import io.github.resiliencestarter.messaging.circuit.ProbeSettings;
import io.github.resiliencestarter.messaging.delivery.DispatchSettings;
import io.github.resiliencestarter.rabbit.RabbitResilience;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.Circuit;
import io.github.resiliencestarter.rabbit.RabbitResilienceProperties.DeadLetterSettings;
import io.github.resiliencestarter.rabbit.deadletter.DeadLetterDispatch;
import io.github.resiliencestarter.rabbit.deadletter.DeadLetterNames;
import io.github.resiliencestarter.rabbit.deadletter.RabbitDeadLetterTransport;
import io.github.resiliencestarter.rabbit.listener.ContainerParts;
import io.github.resiliencestarter.rabbit.listener.ContainerProtection;
import io.github.resiliencestarter.rabbit.listener.LetterBroker;
import io.github.resiliencestarter.rabbit.listener.ListenerSettings;
import io.github.resiliencestarter.rabbit.listener.TemporaryQueues;
import java.time.Duration;
import java.util.stream.Stream;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.listener.RabbitListenerEndpointRegistry;
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

/** Listeners that neither lose nor block, in the host's own containers. */
@AutoConfiguration(
        afterName = {
            "io.github.resiliencestarter.autoconfigure.ResilienceAutoConfiguration",
            "io.github.resiliencestarter.autoconfigure.ResilienceMessagesAutoConfiguration",
            "org.springframework.boot.autoconfigure.amqp.RabbitAutoConfiguration",
            "org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration",
            "org.springframework.boot.rabbitmq.autoconfigure.RabbitAutoConfiguration"
        })
@ConditionalOnClass(RabbitListenerEndpointRegistry.class)
@ConditionalOnBean(ConnectionFactory.class)
@Conditional(ListenerSwitch.class)
@EnableConfigurationProperties(RabbitResilienceProperties.class)
public class RabbitListenerAutoConfiguration {

    /** As long as a container waits for its own threads by default. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Bean
    ListenerSettings rabbitListenerSettings(RabbitResilienceProperties properties, Environment environment) {
        Findings findings = new Findings();
        new ListenerRules(new PropertyOrigins(environment), findings).check(properties.listener());
        findings.throwErrors();
        return new ListenerSettings(properties.listener());
    }

    @Bean
    @ConditionalOnMissingBean
    DeadLetterNames rabbitDeadLetterNames(RabbitResilienceProperties properties) {
        DeadLetterSettings settings = properties.listener().deadLetter();
        return new DeadLetterNames(
                settings.queue(),
                settings.suffix(),
                settings.exchange(),
                properties.listener().delayedQueue());
    }

    @Bean
    @ConditionalOnMissingBean
    RabbitDeadLetterTransport rabbitDeadLetterTransport(
            RabbitResilienceProperties properties,
            DeadLetterNames names,
            ObjectProvider<ConnectionFactory> connections) {
        return new RabbitDeadLetterTransport(
                MainConnections.of(connections),
                names,
                properties.listener().deadLetter().sendTimeout(),
                properties.listener().deadLetter().replayTo());
    }

    @Bean
    @ConditionalOnMissingBean
    DeadLetterDispatch rabbitDeadLetterDispatch(
            RabbitResilienceProperties properties,
            RabbitDeadLetterTransport transport,
            ObjectProvider<DeadLetterStore> store,
            ObjectProvider<MessageObserver> observers) {
        DeadLetterSettings settings = properties.listener().deadLetter();
        return new DeadLetterDispatch(
                transport,
                store::getIfAvailable,
                observers.getIfUnique(() -> MessageObserver.NONE),
                DispatchSettings.of(settings.sendTimeout(), settings.maxInFlight()));
    }

    @Bean
    @ConditionalOnMissingBean(RabbitResilience.class)
    ContainerProtection rabbitResilience(
            RabbitResilienceProperties properties,
            ListenerSettings settings,
            DeadLetterNames names,
            RabbitDeadLetterTransport transport,
            DeadLetterDispatch dispatch,
            CallClock clock,
            ObjectProvider<DeadLetterStore> store,
            ObjectProvider<MessageObserver> observers,
            ObjectProvider<LetterTraces> traces,
            @Qualifier("rabbitCircuitGates") ObjectProvider<CircuitGates> gates,
            ObjectProvider<ConnectionFactory> connections,
            ObjectProvider<Queue> queues,
            ObjectProvider<Declarables> declarables) {
        ContainerParts parts = new ContainerParts(
                settings,
                names,
                transport,
                dispatch,
                store::getIfAvailable,
                observers.getIfUnique(() -> MessageObserver.NONE),
                traces.getIfUnique(() -> LetterTraces.NONE),
                clock,
                properties.listener().pauseOnOpenCircuit() ? gates.getIfAvailable() : null);
        return new ContainerProtection(
                parts,
                new TemporaryQueues(() -> Stream.concat(
                        queues.stream(),
                        declarables.stream().flatMap(several -> several.getDeclarablesByType(Queue.class).stream()))),
                new LetterBroker(MainConnections.of(connections)));
    }

    @Bean
    @ConditionalOnBean(Breakers.class)
    CircuitGates rabbitCircuitGates(RabbitResilienceProperties properties, Breakers breakers, CallClock clock) {
        Circuit circuit = properties.listener().circuit();
        return new CircuitGates(breakers, new ProbeSettings(circuit.probeInterval(), circuit.probeAttempts()), clock);
    }

    @Bean
    ListenerStart rabbitListenerStart(
            RabbitResilience resilience,
            RabbitResilienceProperties properties,
            ConfigurableListableBeanFactory beans,
            ObjectProvider<ContainerProtection> protection) {
        return new ListenerStart(
                resilience,
                new ConsumedQueues(properties.listener().queues()),
                new ListeningContainers(beans),
                () -> protection.ifAvailable(each -> each.awaitIdle(PATIENCE)));
    }

    @Bean
    LettersOnTheirWay rabbitLettersOnTheirWay(DeadLetterDispatch dispatch, ApplicationContext context) {
        return new LettersOnTheirWay(dispatch, context);
    }

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static LateListeners rabbitLateListeners(ObjectProvider<ListenerStart> start) {
        return new LateListeners(start::getIfAvailable);
    }
}
