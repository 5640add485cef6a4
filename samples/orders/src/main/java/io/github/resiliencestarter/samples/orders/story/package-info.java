/** What the sample tells: four acts, and where every order is at the end. */
@NullMarked
package io.github.resiliencestarter.samples.orders.story;

import org.jspecify.annotations.NullMarked;
