package io.github.resiliencestarter.rabbit.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.impl.Frame;
import com.rabbitmq.client.impl.LongStringHelper;
import io.github.resiliencestarter.messaging.Header;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FieldValuesTests {

    static List<Object> typed() {
        return List.of(
                7,
                -7_000_000_000L,
                (short) 3,
                (byte) -1,
                true,
                1.5f,
                -2.25d,
                new BigDecimal("12.345"),
                new Date(1_700_000_000_000L),
                new byte[] {0, 1, (byte) 0xff},
                Map.of("nested", Map.of("list", List.of(1, 2L))),
                List.of(1, true, List.of()));
    }

    @ParameterizedTest
    @MethodSource("typed")
    void a_value_is_one_of_its_type_again(Object value) {
        Header header = FieldValues.header("name", value);

        assertThat(header.type()).isNotNull();
        assertThat(FieldValues.value(header)).isEqualTo(value).hasSameClassAs(sameOnTheWire(value));
    }

    /** The client reads tables and arrays into classes of its own. */
    private static Object sameOnTheWire(Object value) {
        return value instanceof Map
                ? new java.util.HashMap<>()
                : value instanceof List ? new java.util.ArrayList<>() : value;
    }

    @Test
    void a_string_is_its_bytes_whatever_they_are() {
        byte[] notUtf8 = {(byte) 0xc3, 0x28};

        assertThat(FieldValues.header("name", "blüte")).isEqualTo(Header.of("name", "blüte"));
        assertThat(FieldValues.header("name", LongStringHelper.asLongString(notUtf8)))
                .isEqualTo(Header.of("name", notUtf8));
        assertThat(FieldValues.value(Header.of("name", notUtf8))).isEqualTo(LongStringHelper.asLongString(notUtf8));
    }

    @Test
    void no_value_is_no_value_again() {
        Header header = FieldValues.header("name", null);

        assertThat(header.type()).isEqualTo("V");
        assertThat(FieldValues.value(header)).isNull();
    }

    @Test
    void what_amqp_has_no_type_for_is_its_text() {
        UUID id = UUID.randomUUID();

        assertThat(FieldValues.header("name", id)).isEqualTo(Header.of("name", id.toString()));
    }

    @Test
    void it_knows_how_large_a_header_is() throws Exception {
        assertSize("name", "value");
        assertSize("blüte", LongStringHelper.asLongString(new byte[100]));
        assertSize("n", null);
        for (Object value : typed()) {
            assertSize("typed", value);
        }
    }

    private static void assertSize(String name, @Nullable Object value) throws Exception {
        assertThat((long) FieldValues.size(FieldValues.header(name, value)))
                .isEqualTo(Frame.tableSize(Collections.singletonMap(name, value)));
    }
}
