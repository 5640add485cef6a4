/**
 * What an open circuit and a full bulkhead mean to whoever consumes messages, whatever the broker: not a failure of the message, but
 * a reason to wait. Internal.
 */
@NullMarked
package io.github.resiliencestarter.messaging.circuit;

import org.jspecify.annotations.NullMarked;
