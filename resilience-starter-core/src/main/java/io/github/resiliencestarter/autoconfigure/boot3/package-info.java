/** <em>Internal.</em> The only classes that need Spring Boot 3.5 and no other line. */
@NullMarked
package io.github.resiliencestarter.autoconfigure.boot3;

import org.jspecify.annotations.NullMarked;
