/** A run as one page for a browser: from {@code progress.jsonl} to {@code report.html}. */
@NullMarked
package dev.titanic.job.report;

import org.jspecify.annotations.NullMarked;
