package io.github.resiliencestarter.samples.storage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class InMemoryObjectStoreTests {

    private final InMemoryObjectStore store = new InMemoryObjectStore();

    @Test
    void what_is_put_can_be_read() throws Exception {
        assertThat(put()).isEqualTo("https://objects.example/codes/a.png");
        assertThat(store.get("a.png")).hasValue(new byte[] {1});
    }

    @Test
    void a_store_fails_in_the_way_it_was_told_to() {
        store.switchTo(StoreMode.UNREACHABLE);
        assertThatIOException().isThrownBy(this::put);

        store.switchTo(StoreMode.FAILING);
        assertThatThrownBy(this::put)
                .isInstanceOfSatisfying(
                        StorageClientException.class,
                        e -> assertThat(e.status()).isEqualTo(503));

        store.switchTo(StoreMode.REFUSING);
        assertThatIllegalArgumentException().isThrownBy(this::put);

        assertThat(store.get("a.png")).isEmpty();
        assertThat(store.requests()).isEqualTo(3);
    }

    @Test
    void a_store_that_fails_once_is_healthy_afterwards() throws Exception {
        store.switchTo(StoreMode.UNREACHABLE, 1);

        assertThatIOException().isThrownBy(this::put);
        assertThat(put()).isNotEmpty();
    }

    @Test
    void a_stalled_store_gives_way_to_an_interruption() {
        store.switchTo(StoreMode.STALLED);
        Thread.currentThread().interrupt();

        assertThatIOException().isThrownBy(this::put);
        assertThat(Thread.interrupted()).isTrue();
    }

    private String put() throws IOException {
        return store.put("a.png", new byte[] {1});
    }
}
