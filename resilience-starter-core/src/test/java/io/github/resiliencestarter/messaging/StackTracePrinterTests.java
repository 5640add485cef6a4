package io.github.resiliencestarter.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class StackTracePrinterTests {

    @Test
    void it_prints_what_the_exception_itself_would_print_but_for_modules_and_class_loaders() {
        RuntimeException thrown = new UncheckedIOException("order 7", new IOException("no answer"));
        thrown.addSuppressed(new IllegalStateException("first attempt", nested(3)));
        thrown.addSuppressed(nested(2));

        assertThat(StackTracePrinter.print(thrown, 1_000_000)).isEqualTo(printed(thrown));
    }

    @Test
    void a_circle_of_causes_ends() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);

        assertThat(StackTracePrinter.print(first, 1_000_000)).isEqualTo(printed(first));
    }

    @Test
    void it_stops_when_there_is_enough() {
        RuntimeException endless = nested(10_000);

        assertThat(StackTracePrinter.print(endless, 5_000)).hasSizeBetween(5_001, 6_000);
    }

    private static RuntimeException nested(int depth) {
        RuntimeException thrown = new RuntimeException("the root");
        for (int i = 0; i < depth; i++) {
            thrown = new RuntimeException("around " + i, thrown);
        }
        return thrown;
    }

    private static String printed(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString().replaceAll("(\\tat )[^\\s(]*/", "$1");
    }
}
