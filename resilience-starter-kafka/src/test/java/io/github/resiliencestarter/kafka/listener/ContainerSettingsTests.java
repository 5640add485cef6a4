package io.github.resiliencestarter.kafka.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;

class ContainerSettingsTests {

    @Test
    void what_the_host_sets_over_its_factory_need_not_be_text() {
        Properties consumer = new Properties();
        consumer.put("max.poll.interval.ms", 2000);
        consumer.put("enable.auto.commit", true);
        ContainerSettings settings = settings(consumer);
        assertThat(settings.budget()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.autoCommit()).isTrue();
        assertThat(settings.overrides()).containsEntry("max.poll.interval.ms", 2000);
    }

    @Test
    void text_counts_also_where_it_is_a_default_of_the_properties() {
        Properties defaults = new Properties();
        defaults.setProperty("max.poll.interval.ms", "2000");
        assertThat(settings(new Properties(defaults)).budget()).isEqualTo(Duration.ofSeconds(1));
    }

    private static ContainerSettings settings(Properties consumer) {
        DefaultKafkaConsumerFactory<String, String> factory =
                new DefaultKafkaConsumerFactory<>(Map.of("max.poll.interval.ms", 60_000));
        ContainerProperties properties = new ContainerProperties("orders");
        properties.setKafkaConsumerProperties(consumer);
        return ContainerSettings.of(new KafkaMessageListenerContainer<>(factory, properties), factory);
    }
}
