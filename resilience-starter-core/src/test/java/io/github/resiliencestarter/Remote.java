package io.github.resiliencestarter;

import java.util.ArrayDeque;
import java.util.Deque;

/** A remote that does what it is told, attempt by attempt, and counts the attempts. After the last step it answers. */
public final class Remote implements ProtectedCall.CallBody<String, Exception> {

    /** One attempt. */
    public interface Step {
        String run() throws Throwable;
    }

    private final Deque<Step> steps = new ArrayDeque<>();
    private int attempts;

    public static Remote thatAnswers() {
        return new Remote();
    }

    /** Fails with these, one after the other; the last one again and again. */
    public static Remote thatFailsWith(Throwable... failures) {
        Remote remote = new Remote();
        for (Throwable failure : failures) {
            remote.then(() -> {
                throw failure;
            });
        }
        return remote;
    }

    public Remote then(Step step) {
        steps.add(step);
        return this;
    }

    public Remote thenAnswers() {
        return then(() -> "answer");
    }

    @Override
    public String call() throws Exception {
        attempts++;
        Step step = steps.size() > 1 ? steps.poll() : steps.peek();
        try {
            return step == null ? "answer" : step.run();
        } catch (Exception | Error failure) {
            throw failure;
        } catch (Throwable other) {
            throw new AssertionError(other);
        }
    }

    public int attempts() {
        return attempts;
    }
}
