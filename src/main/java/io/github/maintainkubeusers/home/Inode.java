package io.github.maintainkubeusers.home;

/** What makes two things one and the same, whatever has been done to it meanwhile. */
record Inode(long number, long device) {}
