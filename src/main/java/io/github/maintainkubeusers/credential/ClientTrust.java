package io.github.maintainkubeusers.credential;

/** Tells whether the API server accepts a client certificate, and by which authority. */
public sealed interface ClientTrust permits CaBundle, ProofByUse {}
