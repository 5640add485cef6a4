/** <em>Internal.</em> Where the servers are, as the auto-configuration of Spring Boot 3.5 asks for it. */
@NullMarked
package io.github.resiliencestarter.test.boot3;

import org.jspecify.annotations.NullMarked;
