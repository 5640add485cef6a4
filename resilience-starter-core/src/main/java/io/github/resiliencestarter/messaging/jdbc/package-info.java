/** Dead letters in a relational database. */
@NullMarked
package io.github.resiliencestarter.messaging.jdbc;

import org.jspecify.annotations.NullMarked;
