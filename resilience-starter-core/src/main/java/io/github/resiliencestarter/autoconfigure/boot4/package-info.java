/** <em>Internal.</em> The only classes that need Spring Boot 4 and no other line. */
@NullMarked
package io.github.resiliencestarter.autoconfigure.boot4;

import org.jspecify.annotations.NullMarked;
