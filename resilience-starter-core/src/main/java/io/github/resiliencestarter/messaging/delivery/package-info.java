/**
 * How a dead letter gets to somebody who takes it, whatever the broker: the ladder from the broker to the store to another try, and
 * how many letters may be on it. Internal.
 */
@NullMarked
package io.github.resiliencestarter.messaging.delivery;

import org.jspecify.annotations.NullMarked;
