/** All that is configured as one document. */
@NullMarked
package io.varuna.runtime.data;

import org.jspecify.annotations.NullMarked;
