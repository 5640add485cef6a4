/** What happens when a listener fails: tried again, later, or given up. Internal. */
@NullMarked
package io.github.resiliencestarter.kafka.listener;

import org.jspecify.annotations.NullMarked;
