/** What commands show: values that are made once, and the forms in which they are written. */
package io.github.maintainkubeusers.report;
