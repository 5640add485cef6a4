/** Somebody else's inventory service, which goes down when it is told to. */
@NullMarked
package io.github.resiliencestarter.samples.orders.inventory;

import org.jspecify.annotations.NullMarked;
