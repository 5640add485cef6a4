/** What happens when a listener fails: tried again, later, or given up. Internal. */
@NullMarked
package io.github.resiliencestarter.rabbit.listener;

import org.jspecify.annotations.NullMarked;
