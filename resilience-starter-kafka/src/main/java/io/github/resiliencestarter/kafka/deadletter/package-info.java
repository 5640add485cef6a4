/** Dead letters as records of Kafka: sent, read, parked, sent back. Internal, but for what its documentation names. */
@NullMarked
package io.github.resiliencestarter.kafka.deadletter;

import org.jspecify.annotations.NullMarked;
