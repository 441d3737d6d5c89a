@NullMarked
package io.varuna.engine.step;

import org.jspecify.annotations.NullMarked;
