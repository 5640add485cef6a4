package io.github.resiliencestarter.kafka.autoconfigure;

import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.DeadLetterSettings;
import io.github.resiliencestarter.kafka.KafkaResilienceProperties.Parking;
import io.github.resiliencestarter.kafka.deadletter.DeadLetterNames;
import io.github.resiliencestarter.kafka.deadletter.KafkaUnparkedLetters;
import io.github.resiliencestarter.kafka.deadletter.LetterIntake;
import io.github.resiliencestarter.messaging.parking.LetterParking;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.kafka.core.ConsumerFactory;

/** Dead letters of Kafka as rows of the store, where there is one. */
@AutoConfiguration(
        afterName = {
            "io.github.resiliencestarter.autoconfigure.LetterParkingAutoConfiguration",
            "io.github.resiliencestarter.kafka.autoconfigure.KafkaListenerAutoConfiguration",
            "org.springframework.boot.autoconfigure.kafka.KafkaAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"
        })
@ConditionalOnClass(ConsumerFactory.class)
@ConditionalOnBean({LetterParking.class, ConsumerFactory.class})
@Conditional(ParkingSwitch.class)
@EnableConfigurationProperties(KafkaResilienceProperties.class)
public class KafkaParkingAutoConfiguration {

    private static final Logger log = LoggerFactory.getLogger(KafkaParkingAutoConfiguration.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Bean
    LetterIntake kafkaParking(
            KafkaResilienceProperties properties,
            ObjectProvider<ConsumerFactory<?, ?>> consumers,
            ObjectProvider<DeadLetterNames> names,
            LetterParking parking) {
        Parking settings = properties.parking();
        DeadLetterSettings deadLetter = properties.consumer().deadLetter();
        DeadLetterNames named =
                names.getIfAvailable(() -> new DeadLetterNames(deadLetter.topic(), deadLetter.suffix()));
        Problem problem = named.notParkedBy(settings.topics());
        if (problem != null) {
            log.warn("{}", problem);
        }
        return new LetterIntake(MainConnections.of(consumers), settings.topics(), settings.group(), named, parking);
    }

    @Bean
    KafkaUnparkedLetters kafkaUnparkedLetters(
            KafkaResilienceProperties properties, ObjectProvider<ConsumerFactory<?, ?>> consumers) {
        Parking settings = properties.parking();
        return new KafkaUnparkedLetters(MainConnections.of(consumers), settings.topics(), settings.group(), TIMEOUT);
    }
}
