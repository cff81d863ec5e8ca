/**
 * System calls that Java does not offer: on files by descriptor, and on the identity of one thread.
 * Knows Linux and nothing of this program.
 *
 * <p>{@code Kernel} makes a system call; {@code Syscalls} and {@code FileDescriptor} give it a
 * type; {@code ThreadCredentials} is what the kernel judges a thread by. Failures are {@code
 * ErrnoException}.
 */
package io.github.maintainkubeusers.linux;
