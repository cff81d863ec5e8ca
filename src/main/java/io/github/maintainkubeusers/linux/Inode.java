package io.github.maintainkubeusers.linux;

/** What makes two things one and the same, whatever has been done to it meanwhile. */
public record Inode(long number, long device) {}
