package io.github.resiliencestarter.rabbit.listener;

import io.github.resiliencestarter.call.outcome.Causes;
import io.github.resiliencestarter.rabbit.deadletter.ContainerFailure;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.amqp.core.Message;
import org.springframework.util.ReflectionUtils;

/** Which messages of a batch have failed, where the listener says it: by a {@code ListenerExecutionFailedException} that has them. */
final class SaidToFail {

    private SaidToFail() {}

    /** Their places, in order; none if it does not say. */
    static List<Integer> in(Throwable thrown, List<Message> batch) {
        return Causes.of(thrown)
                .filter(ContainerFailure::isOne)
                .map(said -> places(failedMessages(said), batch))
                .filter(places -> !places.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** Asked by name, because each version of Spring has the exception in another package. */
    private static Collection<?> failedMessages(Throwable said) {
        Method method = ReflectionUtils.findMethod(said.getClass(), "getFailedMessages");
        return method != null && ReflectionUtils.invokeMethod(method, said) instanceof Collection<?> messages
                ? messages
                : List.of();
    }

    @SuppressWarnings("ReferenceEquality") // two messages may say the same
    private static List<Integer> places(Collection<?> said, List<Message> batch) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Message message = batch.get(i);
            if (said.stream().anyMatch(each -> each == message)) {
                places.add(i);
            }
        }
        return places;
    }
}
