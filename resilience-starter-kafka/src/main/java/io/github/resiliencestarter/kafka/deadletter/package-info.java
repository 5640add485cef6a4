/** Dead letters as records of Kafka: sent, read, parked, sent back. */
@NullMarked
package io.github.resiliencestarter.kafka.deadletter;

import org.jspecify.annotations.NullMarked;
