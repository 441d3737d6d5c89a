/** The web console: files for a browser. What they show and change goes through the REST interface. */
@NullMarked
package io.varuna.console;

import org.jspecify.annotations.NullMarked;
