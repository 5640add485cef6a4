/** The service: an order API that charges a payment gateway through one protected call. */
@NullMarked
package io.github.resiliencestarter.samples.payment.shop;

import org.jspecify.annotations.NullMarked;
