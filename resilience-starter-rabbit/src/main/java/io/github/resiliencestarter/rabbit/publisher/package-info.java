/** Messages that are published: whether the broker has taken them. Internal. */
@NullMarked
package io.github.resiliencestarter.rabbit.publisher;

import org.jspecify.annotations.NullMarked;
