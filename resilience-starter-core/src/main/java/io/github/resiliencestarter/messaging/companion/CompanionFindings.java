package io.github.resiliencestarter.messaging.companion;

import io.github.resiliencestarter.ResilienceConfigurationException.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What a look at topics or queues has found. Filled by one thread, and not changed any more once it has been returned.
 *
 * @param created the names of what was created
 * @param errors what would lose messages: the application must not start so
 * @param warnings what works until something fails
 * @param pending what could not be looked at now, and must be looked at again: a broker that does not answer, a source that is not
 *     there yet
 */
public record CompanionFindings(
        List<String> created, List<Problem> errors, List<Problem> warnings, List<Problem> pending) {

    public CompanionFindings() {
        this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /** Whether there is nothing to come back for. */
    public boolean isComplete() {
        return pending.isEmpty();
    }
}
