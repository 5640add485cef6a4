package io.github.resiliencestarter.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintCacheTests {

    private final FingerprintCache known = new FingerprintCache();

    @Test
    void a_cause_is_digested_once() {
        Fingerprint first = known.get("java.io.IOException", "com.acme.Orders.handle");

        assertThat(first).isEqualTo(Fingerprint.of("java.io.IOException", "com.acme.Orders.handle"));
        assertThat(known.get("java.io.IOException", "com.acme.Orders.handle")).isSameAs(first);
        assertThat(known.get("java.io.IOException", "com.acme.Orders.check")).isNotEqualTo(first);
        assertThat(known.get("java.io.EOFException", "com.acme.Orders.handle")).isNotEqualTo(first);
    }

    @Test
    void it_is_bounded_and_what_does_not_fit_is_right_all_the_same() {
        for (int i = 0; i < FingerprintCache.MOST + 10; i++) {
            known.get("java.io.IOException", "com.acme.Generated" + i + ".run");
        }

        assertThat(known.size()).isEqualTo(FingerprintCache.MOST);
        assertThat(known.get("java.io.IOException", "com.acme.Another.run"))
                .isEqualTo(Fingerprint.of("java.io.IOException", "com.acme.Another.run"));
    }
}
