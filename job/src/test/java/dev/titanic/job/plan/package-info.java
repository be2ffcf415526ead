@NullMarked
package dev.titanic.job.plan;

import org.jspecify.annotations.NullMarked;
