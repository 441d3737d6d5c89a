/** Commands of the Karaf shell over the management interface. */
@NullMarked
package io.varuna.shell;

import org.jspecify.annotations.NullMarked;
