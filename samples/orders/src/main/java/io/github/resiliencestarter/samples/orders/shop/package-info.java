/** The service: a listener for order events that reserves stock by one protected call. */
@NullMarked
package io.github.resiliencestarter.samples.orders.shop;

import org.jspecify.annotations.NullMarked;
