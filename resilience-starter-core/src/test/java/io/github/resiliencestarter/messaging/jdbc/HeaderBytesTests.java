package io.github.resiliencestarter.messaging.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.resiliencestarter.messaging.Header;
import io.github.resiliencestarter.messaging.Headers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HeaderBytesTests {

    private final Headers headers = Headers.of(
            Header.of("tenant", "köln"),
            Header.of("tenant", new byte[] {0, -1}),
            Header.of("nothing", (byte[]) null),
            new Header("number", new byte[] {7}, "int"));

    @Test
    void headers_come_back_as_they_were() {
        assertThat(HeaderBytes.read(HeaderBytes.of(headers))).isEqualTo(headers);
        assertThat(HeaderBytes.read(HeaderBytes.of(Headers.NONE))).isEqualTo(Headers.NONE);
    }

    @Test
    void bytes_of_another_version_are_refused_and_not_guessed_at() {
        byte[] later = HeaderBytes.of(headers);
        later[0] = 2;

        assertThatIllegalStateException()
                .isThrownBy(() -> HeaderBytes.read(later))
                .withMessageContaining("have version 2, and this library knows 1");
    }

    @Test
    void broken_bytes_are_refused_wherever_they_break_off() {
        byte[] whole = HeaderBytes.of(headers);

        for (int length = 0; length < whole.length; length++) {
            byte[] broken = Arrays.copyOf(whole, length);
            assertThatIllegalStateException().isThrownBy(() -> HeaderBytes.read(broken));
        }
    }

    @Test
    void a_length_that_is_not_there_takes_no_memory() {
        byte[] hostile = HeaderBytes.of(Headers.of(Header.of("a", "b")));
        hostile[5] = Byte.MAX_VALUE;

        assertThatIllegalStateException()
                .isThrownBy(() -> HeaderBytes.read(hostile))
                .withMessageContaining("bytes are left");
    }
}
