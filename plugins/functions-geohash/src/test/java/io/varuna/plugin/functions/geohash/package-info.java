@NullMarked
package io.varuna.plugin.functions.geohash;

import org.jspecify.annotations.NullMarked;
