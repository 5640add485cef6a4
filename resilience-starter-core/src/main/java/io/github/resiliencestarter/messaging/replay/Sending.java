package io.github.resiliencestarter.messaging.replay;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.DeadLetterTransport;
import io.github.resiliencestarter.messaging.LetterTraces;
import io.github.resiliencestarter.messaging.ParkedLetter;
import io.github.resiliencestarter.messaging.Replay;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Letters on their way to the broker. Its answers come on the threads of its client, which must not wait for a database: they are
 * put into a queue for the thread that replays. Used by that one thread.
 */
final class Sending {

    /**
     * What the broker said.
     *
     * @param failure null if it has confirmed the message
     */
    record Answer(ParkedLetter letter, @Nullable Throwable failure) {}

    private final Replay replay;
    private final LetterTraces traces;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private int inFlight;

    Sending(Replay replay, LetterTraces traces) {
        this.replay = replay;
        this.traces = traces;
    }

    void send(ParkedLetter letter, DeadLetterTransport transport) {
        LetterTraces.Sending traced = traces.replay(letter.letter(), replay);
        CompletionStage<Void> sent = start(traced.letter(), transport);
        inFlight++;
        sent.whenComplete((confirmed, failure) -> {
            Throwable why =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            answers.add(new Answer(letter, why));
            traced.ended(why);
        });
    }

    private CompletionStage<Void> start(DeadLetter letter, DeadLetterTransport transport) {
        try {
            return transport.replay(letter, replay);
        } catch (RuntimeException atOnce) {
            return CompletableFuture.failedFuture(atOnce);
        }
    }

    int inFlight() {
        return inFlight;
    }

    /** The next answer; null if there is none for so long. Real time, for the broker knows no other. */
    @Nullable
    Answer next(Duration atMost) throws InterruptedException {
        Answer answer = answers.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (answer != null) {
            inFlight--;
        }
        return answer;
    }
}
