@NullMarked
package dev.titanic.job.report;

import org.jspecify.annotations.NullMarked;
