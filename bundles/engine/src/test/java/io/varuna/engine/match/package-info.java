@NullMarked
package io.varuna.engine.match;

import org.jspecify.annotations.NullMarked;
