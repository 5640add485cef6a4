package io.github.resiliencestarter.test.assertion;

import io.github.resiliencestarter.messaging.LetterStatus;
import io.github.resiliencestarter.messaging.ParkedLetter;
import java.util.List;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** What became of the messages of a topic or queue that could not be processed. Failures list the letters, without payloads. */
public final class DeadLettersAssert extends AbstractAssert<DeadLettersAssert, DeadLetters> {

    DeadLettersAssert(DeadLetters actual) {
        super(actual, DeadLettersAssert.class);
    }

    public DeadLettersAssert isEmpty() {
        return hasSize(0);
    }

    public DeadLettersAssert hasSize(int expected) {
        isNotNull();
        if (actual.all().size() != expected) {
            failWithMessage(
                    "Expected %d dead letters of '%s', but there are %d:%s",
                    expected, actual.source(), actual.all().size(), listed());
        }
        return this;
    }

    /** All letters have this status. */
    public DeadLettersAssert haveStatus(LetterStatus expected) {
        isNotNull();
        List<ParkedLetter> others =
                actual.all().stream().filter(each -> each.status() != expected).toList();
        if (!others.isEmpty()) {
            failWithMessage(
                    "Expected all dead letters of '%s' to be %s, but %d are not:%s",
                    actual.source(), expected, others.size(), listed());
        }
        return this;
    }

    /** The letter that came first. */
    public DeadLetterAssert first() {
        return letter(0);
    }

    /** The letter that came last. */
    public DeadLetterAssert last() {
        isNotNull();
        return letter(actual.all().size() - 1);
    }

    /** One of the letters; the first has the index 0. */
    public DeadLetterAssert letter(int index) {
        isNotNull();
        if (index < 0 || index >= actual.all().size()) {
            failWithMessage(
                    "Expected a dead letter of '%s' at index %d, but there are %d:%s",
                    actual.source(), index, actual.all().size(), listed());
        }
        return new DeadLetterAssert(actual.all().get(index));
    }

    private String listed() {
        return actual.all().stream().map(DeadLetterAssert::line).collect(Collectors.joining("\n  ", "\n  ", ""));
    }
}
