@NullMarked
package io.varuna.engine;

import org.jspecify.annotations.NullMarked;
