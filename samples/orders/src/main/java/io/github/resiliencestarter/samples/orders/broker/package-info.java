/** How orders come and go: over a Kafka broker inside of this process, so that the sample needs nothing else, or over real ones. */
@NullMarked
package io.github.resiliencestarter.samples.orders.broker;

import org.jspecify.annotations.NullMarked;
