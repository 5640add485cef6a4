/** Somebody else's service: a payment gateway that fails, hangs and dies on demand. It knows nothing of the shop. */
@NullMarked
package io.github.resiliencestarter.samples.payment.gateway;

import org.jspecify.annotations.NullMarked;
