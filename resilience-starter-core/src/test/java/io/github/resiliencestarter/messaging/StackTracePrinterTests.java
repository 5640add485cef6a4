package io.github.resiliencestarter.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
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
    void what_called_the_application_is_counted_and_left_out() {
        StackTraceElement[] container = {frame("org.springframework.Container.run"), frame("java.lang.Thread.run")};
        Exception cause = thrown("cause", container, "com.acme.Stock.take", "com.acme.Orders.onOrder");
        Exception thrown = thrown("failed", container, "com.acme.Orders.refuse", "com.acme.Orders.onOrder");
        thrown.initCause(cause);

        assertThat(StackTracePrinter.print(thrown, 1_000_000).lines())
                .containsExactly(
                        "java.lang.Exception: failed",
                        "\tat com.acme.Orders.refuse(Unknown Source)",
                        "\tat com.acme.Orders.onOrder(Unknown Source)",
                        "\t... 2 more of the framework",
                        "Caused by: java.lang.Exception: cause",
                        "\tat com.acme.Stock.take(Unknown Source)",
                        "\t... 1 more");
        assertThat(Failure.parsed("", null, Failure.of(thrown).stackTrace()).fingerprint())
                .isEqualTo(Failure.of(thrown).fingerprint());
    }

    @Test
    void where_the_application_is_not_in_the_trace_all_of_it_is_printed() {
        Exception thrown = thrown(
                "failed", new StackTraceElement[] {frame("org.springframework.Container.run")}, "java.io.File.read");

        assertThat(StackTracePrinter.print(thrown, 1_000_000).lines()).hasSize(3);
    }

    private static Exception thrown(String message, StackTraceElement[] container, String... frames) {
        Exception thrown = new Exception(message);
        thrown.setStackTrace(Stream.concat(Stream.of(frames).map(StackTracePrinterTests::frame), Stream.of(container))
                .toArray(StackTraceElement[]::new));
        return thrown;
    }

    private static StackTraceElement frame(String name) {
        int dot = name.lastIndexOf('.');
        return new StackTraceElement(name.substring(0, dot), name.substring(dot + 1), null, -1);
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
