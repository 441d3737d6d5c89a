/** Brings plugins, SQL and engine together: the management interface of one process. */
@NullMarked
package io.varuna.runtime;

import org.jspecify.annotations.NullMarked;
