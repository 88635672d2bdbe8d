/**
 * The report as one page of HTML that needs no network: {@link dev.sieve.report.page.ReportPage}
 * lays the data of {@link dev.sieve.report.page.PageData} into a template with its style, its
 * scripts and the plot library. Driver side; may use {@code trial} and {@code search}.
 */
@NullMarked
package dev.sieve.report.page;

import org.jspecify.annotations.NullMarked;
