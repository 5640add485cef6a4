/** The load: the same orders against the same gateways, with more protection from act to act. */
@NullMarked
package io.github.resiliencestarter.samples.payment.load;

import org.jspecify.annotations.NullMarked;
