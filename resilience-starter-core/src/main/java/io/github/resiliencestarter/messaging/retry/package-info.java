/** Whether and when a listener is called again for the same message, whatever the broker. Internal. */
@NullMarked
package io.github.resiliencestarter.messaging.retry;

import org.jspecify.annotations.NullMarked;
