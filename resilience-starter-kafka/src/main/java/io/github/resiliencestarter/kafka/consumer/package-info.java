/** What stands between a listener container and its Kafka consumer: which offsets may be committed, and which partitions are not consumed now. Internal. */
@NullMarked
package io.github.resiliencestarter.kafka.consumer;

import org.jspecify.annotations.NullMarked;
