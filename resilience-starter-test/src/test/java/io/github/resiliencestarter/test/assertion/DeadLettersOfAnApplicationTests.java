package io.github.resiliencestarter.test.assertion;

import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.assertThat;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.assertThatIllegalStateException;
import static io.github.resiliencestarter.test.assertion.ResilienceAssertions.deadLetters;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.ResilienceTest;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterStore;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class DeadLettersOfAnApplicationTests {

    @Nested
    @ResilienceTest(WithAStore.class)
    class OneWithAStoreTests {

        @Test
        void has_those_of_the_source(@Autowired DeadLetterStore store, @Autowired Clock clock) {
            store.park(new DeadLetter(
                    "letter-1",
                    new Source.Topic("billing", "orders", 1, 7),
                    null,
                    new byte[0],
                    Headers.of(),
                    Failure.of(new IOException("no answer")),
                    4,
                    clock.instant(),
                    clock.instant(),
                    0,
                    null));
            // tag::letters[]
            assertThat(deadLetters("orders"))
                    .hasSize(1)
                    .first()
                    .failedWith(IOException.class)
                    .hasAttempts(4);
            // end::letters[]
            assertThat(deadLetters("invoices")).isEmpty();
        }
    }

    @Nested
    @ResilienceTest(WithoutAStore.class)
    class OneWithoutAStoreTests {

        @Test
        void says_so() {
            assertThatIllegalStateException()
                    .isThrownBy(() -> deadLetters("orders"))
                    .withMessageContaining("no bean of type " + DeadLetterStore.class.getName());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithAStore {
        @Bean
        DeadLetterStore store(Clock clock) {
            return new InMemoryDeadLetterStore(clock);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithoutAStore {}
}
