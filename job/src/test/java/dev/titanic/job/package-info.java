@NullMarked
package dev.titanic.job;

import org.jspecify.annotations.NullMarked;
