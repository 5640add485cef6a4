package io.github.resiliencestarter.autoconfigure;

import io.github.resiliencestarter.messaging.DeadLetterHandler;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.parking.HandlerMethods;
import io.github.resiliencestarter.messaging.parking.LetterHandlers;
import io.github.resiliencestarter.messaging.parking.LetterParking;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** What every broker needs to park letters, where there is a store; and the methods with {@link DeadLetterHandler}. */
@AutoConfiguration(
        afterName = "io.github.resiliencestarter.autoconfigure.DeadLetterStoreAutoConfiguration",
        after = ResilienceMessagesAutoConfiguration.class)
@ConditionalOnBean(DeadLetterStore.class)
@Conditional(ResilienceSwitch.On.class)
public class LetterParkingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    LetterHandlers resilienceLetterHandlers(ConfigurableListableBeanFactory beans) {
        return HandlerMethods.of(beans);
    }

    @Bean
    @ConditionalOnMissingBean
    LetterParking resilienceLetterParking(
            DeadLetterStore store, LetterHandlers handlers, ObjectProvider<MessageObserver> observers) {
        return new LetterParking(store, handlers, observers.getIfUnique(() -> MessageObserver.NONE));
    }
}
