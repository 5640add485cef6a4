package io.github.resiliencestarter.call.outcome;

import static io.github.resiliencestarter.TestCalls.fails;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resiliencestarter.CallOutcome;
import io.github.resiliencestarter.Verdict;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client throws when a server in this process answers so. */
class GrpcOutcomesTests {

    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private static final Marshaller<String> NOTHING = new Marshaller<>() {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(new byte[0]);
        }

        @Override
        public String parse(InputStream stream) {
            return "";
        }
    };

    private static final MethodDescriptor<String, String> CHARGE = MethodDescriptor.<String, String>newBuilder(
                    NOTHING, NOTHING)
            .setType(MethodType.UNARY)
            .setFullMethodName("Gateway/charge")
            .build();

    private final Outcomes outcomes = new Outcomes(List.of(new ConnectionOutcomes(), new GrpcOutcomes()));
    private final AtomicReference<Status> answer = new AtomicReference<>();
    private final AtomicReference<String> pushback = new AtomicReference<>();
    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        ServerServiceDefinition service = ServerServiceDefinition.builder("Gateway")
                .addMethod(CHARGE, ServerCalls.asyncUnaryCall((request, response) -> {
                    Metadata trailers = new Metadata();
                    if (pushback.get() != null) {
                        trailers.put(PUSHBACK, pushback.get());
                    }
                    response.onError(answer.get().asRuntimeException(trailers));
                }))
                .build();
        server = InProcessServerBuilder.forName("gateway")
                .directExecutor()
                .addService(service)
                .build()
                .start();
        channel = InProcessChannelBuilder.forName("gateway").directExecutor().build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    private Verdict verdictOf(Status status) {
        answer.set(status);
        return outcomes.of(fails(() -> ClientCalls.blockingUnaryCall(channel, CHARGE, CallOptions.DEFAULT, "")));
    }

    @ParameterizedTest
    @CsvSource({
        "CANCELLED, UNKNOWN, true",
        "UNKNOWN, UNKNOWN, true",
        "INVALID_ARGUMENT, REJECTED, false",
        "DEADLINE_EXCEEDED, UNKNOWN, true",
        "NOT_FOUND, REJECTED, false",
        "ALREADY_EXISTS, REJECTED, false",
        "PERMISSION_DENIED, REJECTED, false",
        "RESOURCE_EXHAUSTED, REJECTED, true",
        "FAILED_PRECONDITION, REJECTED, false",
        "ABORTED, REJECTED, true",
        "OUT_OF_RANGE, REJECTED, false",
        "UNIMPLEMENTED, REJECTED, false",
        "INTERNAL, UNKNOWN, true",
        "UNAVAILABLE, UNKNOWN, true",
        "DATA_LOSS, UNKNOWN, true",
        "UNAUTHENTICATED, REJECTED, false"
    })
    void a_status_says_what_the_remote_has_done(Status.Code code, CallOutcome outcome, boolean retryable) {
        Verdict expected = new Verdict(outcome, retryable, null);
        assertThat(verdictOf(code.toStatus())).isEqualTo(expected);
        assertThat(outcomes.of(code.toStatus().asException())).isEqualTo(expected);
    }

    @Test
    void a_server_that_pushes_back_has_done_nothing_and_says_how_long_to_wait() {
        pushback.set("1500");
        assertThat(verdictOf(Status.UNAVAILABLE)).isEqualTo(Verdict.notNow(Duration.ofMillis(1500)));
        assertThat(verdictOf(Status.RESOURCE_EXHAUSTED)).isEqualTo(Verdict.notNow(Duration.ofMillis(1500)));
        assertThat(verdictOf(Status.NOT_FOUND)).isEqualTo(Verdict.rejected());
    }

    @ParameterizedTest
    @CsvSource({"-1", "soon"})
    void a_server_that_wants_no_retry_gets_none(String value) {
        pushback.set(value);
        assertThat(verdictOf(Status.UNAVAILABLE).retryable()).isFalse();
        assertThat(verdictOf(Status.RESOURCE_EXHAUSTED).retryable()).isFalse();
    }

    @Test
    void an_answer_that_is_too_large_is_no_rejection_and_would_be_so_again() {
        assertThat(verdictOf(Status.RESOURCE_EXHAUSTED.withDescription(
                        "gRPC message exceeds maximum size 4194304: 5000000")))
                .isEqualTo(new Verdict(CallOutcome.UNKNOWN, false, null));
    }

    @Test
    void a_channel_that_cannot_connect_has_sent_nothing() {
        assertThat(outcomes.of(Status.UNAVAILABLE
                        .withDescription("io exception")
                        .withCause(new ConnectException("refused"))
                        .asRuntimeException()))
                .isEqualTo(Verdict.neverSent());
    }
}
