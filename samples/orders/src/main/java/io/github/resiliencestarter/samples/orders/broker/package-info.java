/** A Kafka broker inside of this process, so that the sample needs nothing else. */
@NullMarked
package io.github.resiliencestarter.samples.orders.broker;

import org.jspecify.annotations.NullMarked;
