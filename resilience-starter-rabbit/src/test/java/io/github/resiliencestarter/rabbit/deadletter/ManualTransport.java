package io.github.resiliencestarter.rabbit.deadletter;

import io.github.resiliencestarter.messaging.DeadLetter;
import io.github.resiliencestarter.messaging.Delay;
import io.github.resiliencestarter.messaging.Replay;
import io.github.resiliencestarter.messaging.Source;
import io.github.resiliencestarter.messaging.delivery.DelayingTransport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A broker that answers when the test says so. */
final class ManualTransport implements DelayingTransport {

    final List<DeadLetter> sent = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<Void>> answers = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<Void>> delays = new CopyOnWriteArrayList<>();
    volatile Runnable onSend = () -> {};

    @Override
    public boolean serves(Source source) {
        return true;
    }

    @Override
    public CompletionStage<Void> deadLetter(DeadLetter letter) {
        sent.add(letter);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        answers.add(answer);
        onSend.run();
        return answer;
    }

    @Override
    public CompletionStage<Void> delay(DeadLetter letter, Delay delay, String place) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        delays.add(answer);
        return answer;
    }

    @Override
    public CompletionStage<Void> replay(DeadLetter letter, Replay replay) {
        throw new UnsupportedOperationException();
    }

    void confirm(int index) {
        answers.get(index).complete(null);
    }

    void fail(int index) {
        answers.get(index).completeExceptionally(new IllegalStateException("no leader"));
    }
}
