package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.call.Alarm;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A letter that is to be confirmed before its time is up; the alarm says that it is. Thread-safe. */
final class LetterTask extends Alarm {

    private final OutgoingLetter letter;
    private final Duration timeout;
    private final CompletableFuture<Void> result = new CompletableFuture<>();
    private volatile @Nullable LetterChannel channel;

    LetterTask(OutgoingLetter letter, Duration timeout) {
        this.letter = letter;
        this.timeout = timeout;
    }

    OutgoingLetter letter() {
        return letter;
    }

    CompletionStage<Void> result() {
        return result;
    }

    boolean isOver() {
        return result.isDone();
    }

    void sentOn(LetterChannel used) {
        channel = used;
    }

    void confirmed() {
        cancel();
        result.complete(null);
    }

    void failed(Throwable why) {
        cancel();
        result.completeExceptionally(why);
    }

    @Override
    protected void ring() {
        LetterChannel used = channel;
        if (used != null) {
            used.expired(this);
        }
        result.completeExceptionally(
                new TimeoutException("The broker has not confirmed the message within " + timeout.toMillis() + " ms"));
    }
}
