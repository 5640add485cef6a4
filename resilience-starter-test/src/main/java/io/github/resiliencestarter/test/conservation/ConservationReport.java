package io.github.resiliencestarter.test.conservation;

import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.AssertProvider;
import org.jspecify.annotations.Nullable;

/**
 * Where each number has ended. AssertJ's {@code assertThat(report)} leads to {@link ConservationAssert}; the text says it all.
 *
 * @param planned how many messages were to be sent
 * @param sent how many were sent: with the numbers from 1 to this one
 * @param acknowledged the numbers whose arrival the broker has confirmed
 * @param processed the numbers that were processed, each as often as it was
 * @param deadLettered the numbers in the dead-letter queue
 * @param parked the numbers that wait for a person
 * @param remaining the numbers that are still in the broker
 * @param disruptions what happened meanwhile
 * @param seed what repeats them
 * @param sendFailure why a send failed, if one did
 */
public record ConservationReport(
        long planned,
        long sent,
        Numbers acknowledged,
        Numbers processed,
        Numbers deadLettered,
        Numbers parked,
        Numbers remaining,
        List<Disrupted> disruptions,
        long seed,
        @Nullable Throwable sendFailure)
        implements AssertProvider<ConservationAssert> {

    static ConservationReport of(
            Transport transport, long planned, long sent, Sender sender, List<Disrupted> disruptions, long seed) {
        return new ConservationReport(
                planned,
                sent,
                sender.acknowledged(),
                transport.processed(),
                transport.deadLettered(),
                transport.parked(),
                transport.remaining(),
                disruptions,
                seed,
                sender.firstFailure());
    }

    /**
     * Whether all messages were sent, none that was acknowledged is lost, and none has appeared that was not sent. Where nothing
     * was acknowledged nothing could be lost, which proves nothing.
     */
    public boolean isConserved() {
        return sent == planned
                && !acknowledged.isEmpty()
                && lost().isEmpty()
                && unexpected().isEmpty();
    }

    /** The numbers that the broker has confirmed, and that are nowhere. */
    public Numbers lost() {
        return which(number -> acknowledged.contains(number) && places(number) == 0);
    }

    /** The numbers of which the broker has said nothing, and which are somewhere all the same: that is no mistake. */
    public Numbers arrivedUnacknowledged() {
        return which(number -> !acknowledged.contains(number) && places(number) > 0);
    }

    /** The numbers that were processed more than once: at-least-once delivery allows it. */
    public Numbers processedAgain() {
        return processed.repeated();
    }

    /** The numbers that are in more than one place, such as processed and still in the broker: at-least-once allows it. */
    public Numbers inSeveralPlaces() {
        return which(number -> places(number) > 1);
    }

    /** The numbers that are more than once among the dead letters, the parked ones, or those still in the broker. */
    public Numbers keptAgain() {
        return which(number -> Stream.of(deadLettered, parked, remaining).anyMatch(place -> place.count(number) > 1));
    }

    /** The numbers that nobody has sent. */
    public Numbers unexpected() {
        return Numbers.of(Stream.of(processed, deadLettered, parked, remaining)
                .flatMapToLong(Numbers::stream)
                .filter(number -> number < 1 || number > sent)
                .distinct()
                .toArray());
    }

    @Override
    public ConservationAssert assertThat() {
        return new ConservationAssert(this);
    }

    @Override
    public String toString() {
        return new ReportText(this).toString();
    }

    private Numbers which(LongPredicate condition) {
        return Numbers.of(LongStream.rangeClosed(1, sent).filter(condition).toArray());
    }

    private int places(long number) {
        return (processed.contains(number) ? 1 : 0)
                + (deadLettered.contains(number) ? 1 : 0)
                + (parked.contains(number) ? 1 : 0)
                + (remaining.contains(number) ? 1 : 0);
    }
}
