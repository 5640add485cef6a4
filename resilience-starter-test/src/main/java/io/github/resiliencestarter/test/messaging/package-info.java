/** Dead letters without a broker and without a database, for fast tests. */
@NullMarked
package io.github.resiliencestarter.test.messaging;

import org.jspecify.annotations.NullMarked;
