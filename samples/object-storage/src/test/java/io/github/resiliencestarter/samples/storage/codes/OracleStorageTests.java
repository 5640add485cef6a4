package io.github.resiliencestarter.samples.storage.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resiliencestarter.samples.storage.client.InMemoryObjectStore;
import io.github.resiliencestarter.samples.storage.client.StorageClientException;
import io.github.resiliencestarter.samples.storage.client.StoreMode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.util.ReflectionTestUtils;

/** The bean without Spring: no proxy, and so no protection. What it does when it is asked, and what its fallbacks do. */
class OracleStorageTests {

    private static final byte[] PNG = {1};

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final OracleStorage storage = new OracleStorage(store, meters);

    @Test
    void an_upload_stores_the_code_under_a_name_that_depends_on_its_contents_only() throws Exception {
        assertThat(storage.upload("a", PNG))
                .isEqualTo(storage.upload("a", PNG))
                .isNotEqualTo(storage.upload("b", PNG))
                .endsWith(OracleStorage.nameOf("a"));
        assertThat(store.get(OracleStorage.nameOf("a"))).hasValue(PNG);
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, java.net.ConnectException",
        "FAILING, io.github.resiliencestarter.samples.storage.client.StorageClientException",
        "REFUSING, java.lang.IllegalArgumentException"
    })
    void an_exception_of_the_client_is_left_as_it_is(StoreMode mode, Class<? extends Exception> original) {
        store.switchTo(mode);

        assertThatThrownBy(() -> storage.upload("a", PNG)).isExactlyInstanceOf(original);
        assertThat(meters.getMeters()).isEmpty();
    }

    @Test
    void the_fallback_wraps_the_original_exception() {
        IOException original = new ConnectException("refused");

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> fallBack(original))
                .withMessage("Not stored: " + OracleStorage.nameOf("a"))
                .withCause(original);
    }

    @Test
    void the_fallback_for_an_open_circuit_says_that_the_store_was_not_asked() {
        CallNotPermittedException rejection = openCircuit();

        assertThatExceptionOfType(StorageException.class)
                .isThrownBy(() -> fallBack(rejection))
                .withMessage("Not stored, for the store is given a rest: " + OracleStorage.nameOf("a"))
                .withCause(rejection);
    }

    @Test
    void failures_are_counted_by_the_class_of_the_exception() {
        for (Exception failure : new Exception[] {
            new IOException("one"), new IOException("two"), new StorageClientException(503, "busy"), openCircuit()
        }) {
            assertThatThrownBy(() -> fallBack(failure)).isInstanceOf(StorageException.class);
        }

        assertThat(failures("IOException")).isEqualTo(2);
        assertThat(failures("StorageClientException")).isEqualTo(1);
        assertThat(failures("CallNotPermittedException")).isEqualTo(1);
    }

    /** The fallbacks are private, so this calls the one that the types of the arguments ask for. */
    private void fallBack(Exception failure) {
        ReflectionTestUtils.invokeMethod(storage, "uploadFallback", "a", PNG, failure);
    }

    private double failures(String exception) {
        return meters.get("storage.upload.failures")
                .tag("exception", exception)
                .counter()
                .count();
    }

    private static CallNotPermittedException openCircuit() {
        CircuitBreaker breaker = CircuitBreaker.ofDefaults("oracleStorage");
        breaker.transitionToOpenState();
        return CallNotPermittedException.createCallNotPermittedException(breaker);
    }
}
