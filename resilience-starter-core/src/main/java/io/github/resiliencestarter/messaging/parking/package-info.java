/** How letters get from their queue into the store, whatever the broker. Internal. */
@NullMarked
package io.github.resiliencestarter.messaging.parking;

import org.jspecify.annotations.NullMarked;
