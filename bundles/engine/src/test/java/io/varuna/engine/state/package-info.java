@NullMarked
package io.varuna.engine.state;

import org.jspecify.annotations.NullMarked;
