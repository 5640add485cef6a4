/** Topics and queues that others need beside them: for dead letters, for delays. Internal. */
@NullMarked
package io.github.resiliencestarter.messaging.companion;

import org.jspecify.annotations.NullMarked;
