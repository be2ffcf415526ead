@NullMarked
package dev.titanic.job.compare;

import org.jspecify.annotations.NullMarked;
