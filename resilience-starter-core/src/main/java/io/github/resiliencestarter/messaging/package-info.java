/**
 * Dead letters, whatever the broker: what one is, where it is kept, and the one seam behind which Kafka and RabbitMQ are.
 */
@NullMarked
package io.github.resiliencestarter.messaging;

import org.jspecify.annotations.NullMarked;
