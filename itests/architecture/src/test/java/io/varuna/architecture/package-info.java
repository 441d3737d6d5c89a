/** What the architecture allows, as tests over all modules. */
@NullMarked
package io.varuna.architecture;

import org.jspecify.annotations.NullMarked;
