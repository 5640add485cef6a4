/** The sample: a shop, the payment gateway that it depends on, and a load that shows what protection is worth. */
@NullMarked
package io.github.resiliencestarter.samples.payment;

import org.jspecify.annotations.NullMarked;
