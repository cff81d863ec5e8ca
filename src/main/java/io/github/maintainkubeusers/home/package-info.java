/**
 * Operations on homes, which belong to somebody else. Everything below a home is done with its
 * owner's own filesystem identity, by descriptor and by name within the home; paths are never
 * handed around.
 *
 * <p>The layers, from the bottom: {@code OpenDirectory} knows how to deal with names that a tenant
 * controls; {@code TrustedPathResolver}, {@code FolderMaker}, {@code HomeWriter} and {@code
 * Sweeper} do the work, {@code FilesystemIdentity} says as whom, {@code HomeWorkerPool} on which
 * thread and for how long; {@code UnixHomes} puts them together. System calls are package {@code
 * linux}'s.
 */
package io.github.maintainkubeusers.home;
