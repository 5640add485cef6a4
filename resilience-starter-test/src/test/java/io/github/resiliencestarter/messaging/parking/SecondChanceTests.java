package io.github.resiliencestarter.messaging.parking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.resiliencestarter.ResilienceConfigurationException;
import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterHandler;
import io.github.resiliencestarter.messaging.DeadLetterStore;
import io.github.resiliencestarter.messaging.DeadLetterStore.Parked;
import io.github.resiliencestarter.messaging.Failure;
import io.github.resiliencestarter.messaging.Headers;
import io.github.resiliencestarter.messaging.LetterFilter;
import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.MessageObserver;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.test.messaging.InMemoryDeadLetterStore;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

class SecondChanceTests {

    private final InMemoryDeadLetterStore store = new InMemoryDeadLetterStore(Clock.systemUTC());

    static class Orders {
        final List<String> seen = new ArrayList<>();
        boolean answer = true;

        @DeadLetterHandler(sources = "orders")
        boolean onOrder(DeadLetter letter) {
            seen.add(letter.id());
            if (letter.payload() == null) {
                throw new IllegalArgumentException("a tombstone");
            }
            return answer;
        }

        @DeadLetterHandler(sources = {"ord*", "pay*"})
        Boolean onAnything(DeadLetter letter) {
            seen.add("any " + letter.id());
            return false;
        }
    }

    @Test
    void what_the_handler_has_settled_is_kept_as_resolved() {
        try (AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext(Orders.class)) {
            assertThat(parking(beans).park(letter("orders", 1, 0))).isEqualTo(Parked.NEW);

            ParkedLetter parked = parked("orders", 1);
            assertThat(parked.status()).isEqualTo(LetterStatus.RESOLVED);
            assertThat(parked.note()).isEqualTo("Settled by Orders.onOrder");
        }
    }

    @Test
    void what_the_handler_has_settled_can_be_claimed_by_no_replay_at_any_moment() {
        List<ParkedLetter> claimed = new ArrayList<>();
        DeadLetterStore eager = eager(claimed);
        try (AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext(Orders.class)) {
            store.park(letter("orders", 1, 0));
            store.claim(id("orders", 1), "replay", Duration.ofMinutes(1));

            new LetterParking(eager, HandlerMethods.of(beans.getBeanFactory()), MessageObserver.NONE)
                    .park(letter("orders", 1, 1));

            assertThat(claimed).isEmpty();
            assertThat(parked("orders", 1).status()).isEqualTo(LetterStatus.RESOLVED);
        }
    }

    /** One from which a replay claims whatever it can get, after everything that is done to it. */
    private DeadLetterStore eager(List<ParkedLetter> claimed) {
        return (DeadLetterStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DeadLetterStore.class}, (proxy, method, given) -> {
                    Object result = method.invoke(store, given);
                    claimed.addAll(store.claim(LetterFilter.ALL, "replay", Duration.ofMinutes(1), 10));
                    return result;
                });
    }

    @Test
    void what_it_has_not_settled_and_what_it_has_failed_for_is_parked_as_usual() {
        try (AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext(Orders.class)) {
            beans.getBean(Orders.class).answer = false;
            parking(beans).park(letter("orders", 1, 0));
            beans.getBean(Orders.class).answer = true;
            parking(beans).park(tombstone("orders", 2));

            assertThat(parked("orders", 1).status()).isEqualTo(LetterStatus.OPEN);
            assertThat(parked("orders", 2).status()).isEqualTo(LetterStatus.OPEN);
            assertThat(beans.getBean(Orders.class).seen).hasSize(2);
        }
    }

    @Test
    void a_letter_gets_its_second_chance_once_and_another_after_each_replay() {
        try (AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext(Orders.class)) {
            Orders orders = beans.getBean(Orders.class);
            orders.answer = false;
            LetterParking parking = parking(beans);
            parking.park(letter("orders", 1, 0));
            parking.park(letter("orders", 1, 0));
            assertThat(orders.seen).hasSize(1);

            orders.answer = true;
            assertThat(parking.park(letter("orders", 1, 1))).isEqualTo(Parked.REOPENED);

            assertThat(orders.seen).hasSize(2);
            assertThat(parked("orders", 1).status()).isEqualTo(LetterStatus.RESOLVED);
        }
    }

    @Test
    void a_name_takes_precedence_over_a_pattern_and_others_are_parked_without_a_word() {
        try (AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext(Orders.class)) {
            LetterParking parking = parking(beans);
            parking.park(letter("orders", 1, 0));
            parking.park(letter("orders.v2", 2, 0));
            parking.park(letter("shipments", 3, 0));

            assertThat(beans.getBean(Orders.class).seen).containsExactly(id("orders", 1), "any " + id("orders.v2", 2));
            assertThat(parked("shipments", 3).status()).isEqualTo(LetterStatus.OPEN);
        }
    }

    static class Mistaken {
        @DeadLetterHandler(sources = "a")
        void says_nothing(DeadLetter letter) {}

        @DeadLetterHandler(sources = "b")
        boolean takesNothing() {
            return true;
        }

        @DeadLetterHandler(sources = "c")
        private boolean hidden(DeadLetter letter) {
            return true;
        }

        @DeadLetterHandler(sources = "d")
        boolean one(DeadLetter letter) {
            return true;
        }

        @DeadLetterHandler(sources = "d")
        boolean two(DeadLetter letter) {
            return true;
        }
    }

    @Test
    void all_mistakes_stop_the_start_at_once_with_their_remedies() {
        try (AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext(Mistaken.class)) {
            assertThatExceptionOfType(ResilienceConfigurationException.class)
                    .isThrownBy(() -> HandlerMethods.of(beans.getBeanFactory()))
                    .withMessageContaining(
                            "Mistaken.says_nothing(DeadLetter): it returns void, which does not tell whether the letter is settled")
                    .withMessageContaining("Make it boolean says_nothing(DeadLetter letter)")
                    .withMessageContaining("Mistaken.takesNothing(): it does not take one DeadLetter")
                    .withMessageContaining("Mistaken.hidden(DeadLetter): it is private or static")
                    .withMessageContaining("source 'd' is also that of Mistaken.");
        }
    }

    private LetterParking parking(AnnotationConfigApplicationContext beans) {
        return new LetterParking(store, HandlerMethods.of(beans.getBeanFactory()), MessageObserver.NONE);
    }

    private ParkedLetter parked(String topic, int offset) {
        return store.find(id(topic, offset)).orElseThrow();
    }

    private static String id(String topic, int offset) {
        return new Source.Topic("billing", topic, 0, offset).letterId();
    }

    private static DeadLetter letter(String topic, int offset, int replays) {
        return letter(topic, offset, new byte[] {1}, replays);
    }

    private static DeadLetter tombstone(String topic, int offset) {
        return letter(topic, offset, null, 0);
    }

    private static DeadLetter letter(String topic, int offset, byte[] payload, int replays) {
        Source.Topic source = new Source.Topic("billing", topic, 0, offset);
        Instant now = Instant.parse("2026-11-21T03:00:00Z");
        return new DeadLetter(
                source.letterId(),
                source,
                null,
                payload,
                Headers.NONE,
                Failure.of(new IllegalStateException("no stock")),
                1,
                now,
                now,
                replays,
                null);
    }
}
