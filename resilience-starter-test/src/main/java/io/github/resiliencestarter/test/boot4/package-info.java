/** <em>Internal.</em> Where the servers are, as the auto-configuration of Spring Boot 4 asks for it. */
@NullMarked
package io.github.resiliencestarter.test.boot4;

import org.jspecify.annotations.NullMarked;
