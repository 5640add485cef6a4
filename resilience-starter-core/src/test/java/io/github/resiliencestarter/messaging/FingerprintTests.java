package io.github.resiliencestarter.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FingerprintTests {

    @Test
    void two_failures_at_one_place_are_the_same_whatever_their_message() {
        assertThat(Fingerprint.of(thrown("order 1 has no stock")))
                .isEqualTo(Fingerprint.of(thrown("order 2 has no stock")));
    }

    @Test
    void the_line_does_not_matter_for_the_next_release_has_another() {
        Throwable now = at("com.acme.Orders", "handle", 10);
        Throwable later = at("com.acme.Orders", "handle", 11);

        assertThat(Fingerprint.of(now)).isEqualTo(Fingerprint.of(later));
    }

    @Test
    void another_exception_or_another_place_is_another_cause() {
        Throwable one = at("com.acme.Orders", "handle", 10);

        assertThat(Fingerprint.of(one))
                .isNotEqualTo(Fingerprint.of(at("com.acme.Orders", "check", 10)))
                .isNotEqualTo(Fingerprint.of(withTrace(new IOException(), one.getStackTrace())));
    }

    @Test
    void what_listeners_and_futures_wrap_around_the_cause_does_not_matter() {
        Throwable cause = at("com.acme.Orders", "handle", 10);

        assertThat(Fingerprint.of(new CompletionException(new RuntimeException(cause))))
                .isEqualTo(Fingerprint.of(cause));
    }

    @Test
    void frames_of_libraries_and_of_generated_classes_are_passed_over() {
        Throwable failure = withTrace(
                new IllegalStateException(),
                frame("java.util.Optional", "orElseThrow", 1),
                frame("org.springframework.util.Assert", "state", 2),
                frame("com.acme.Orders$$SpringCGLIB$$0", "handle", 3),
                frame("com.acme.Orders", "handle", 4));

        assertThat(Fingerprint.of(failure).frame()).isEqualTo("com.acme.Orders.handle");
    }

    /** Such as that of a repository that is not public: its number is another one after the next start. */
    @Test
    void a_proxy_in_the_package_of_its_interface_is_passed_over() {
        Throwable failure = withTrace(
                new IllegalStateException(),
                frame("org.springframework.util.Assert", "state", 2),
                frame("com.acme.$Proxy123", "save", -1),
                frame("com.acme.Orders", "handle", 4));

        assertThat(Fingerprint.of(failure).frame()).isEqualTo("com.acme.Orders.handle");
    }

    @Test
    void the_printed_stack_trace_has_the_same_fingerprint_as_the_exception() {
        Throwable plain = thrown("no stock: id=7\nsecond line");
        Throwable wrapped = new CompletionException("wrapped", new RuntimeException("x", thrown("no stock")));
        Throwable deep = withTrace(new IOException("gone"), frame("java.net.Socket", "connect", 1));
        Throwable sharing = withTrace(new IllegalStateException(deep), frame("com.acme.Orders", "handle", 3));
        Throwable suppressing = thrown("outer");
        suppressing.addSuppressed(new IOException("inner", new IllegalArgumentException("innermost")));

        assertThat(List.of(plain, wrapped, sharing, suppressing))
                .allSatisfy(each -> assertThat(Fingerprint.parsed("any.Other", printed(each)))
                        .isEqualTo(Fingerprint.of(each)));
    }

    @Test
    void without_a_stack_trace_the_class_is_the_cause() {
        Fingerprint none = Fingerprint.parsed("com.acme.NoStock", null);

        assertThat(none.exception()).isEqualTo("com.acme.NoStock");
        assertThat(Fingerprint.parsed("com.acme.NoStock", "it did not work")).isEqualTo(none);
        assertThat(Fingerprint.parsed("com.acme.Other", null)).isNotEqualTo(none);
    }

    @Test
    void a_lambda_has_the_name_of_its_method() {
        assertThat(Fingerprint.of(at("com.acme.Orders", "lambda$handle$3", 4)).frame())
                .isEqualTo("com.acme.Orders.handle");
    }

    @Test
    void without_a_stack_trace_the_class_must_do() {
        assertThat(Fingerprint.of(withTrace(new IOException())).frame()).isEmpty();
    }

    @Test
    void a_cause_that_leads_back_to_itself_is_no_endless_loop() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);

        assertThat(Fingerprint.of(one).exception()).isEqualTo(Exception.class.getName());
    }

    @Test
    void the_value_is_the_same_in_every_jvm() {
        assertThat(Fingerprint.of(at("com.acme.Orders", "handle", 1)).value()).isEqualTo("65edb22e98cb");
    }

    private static Throwable thrown(String message) {
        return new IllegalStateException(message);
    }

    private static Throwable at(String type, String method, int line) {
        return withTrace(new IllegalStateException("no stock"), frame(type, method, line));
    }

    private static StackTraceElement frame(String type, String method, int line) {
        return new StackTraceElement(type, method, type + ".java", line);
    }

    private static Throwable withTrace(Throwable failure, StackTraceElement... frames) {
        failure.setStackTrace(List.of(frames).toArray(StackTraceElement[]::new));
        return failure;
    }

    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
