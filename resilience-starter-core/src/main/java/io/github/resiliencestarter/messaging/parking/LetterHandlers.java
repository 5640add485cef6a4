package io.github.resiliencestarter.messaging.parking;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom a letter is given to before it is parked. Immutable. */
public final class LetterHandlers {

    public static final LetterHandlers NONE = new LetterHandlers(List.of());

    private final List<LetterHandler> all;

    LetterHandlers(List<LetterHandler> all) {
        this.all = all.stream()
                .sorted(Comparator.comparing(LetterHandler::isExact)
                        .thenComparing(handler -> handler.source().length())
                        .reversed())
                .toList();
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    @Nullable
    LetterHandler of(String source) {
        return all.stream().filter(handler -> handler.takes(source)).findFirst().orElse(null);
    }
}
