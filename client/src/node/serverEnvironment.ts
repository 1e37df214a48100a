/**
 * What the server's process is told by its environment. The allocator of Linux's C library keeps freed memory apart for every thread of V8: with one
 * arena for all, 50 open files take 5 MiB less (measured).
 */
export const serverEnvironment: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: '1' };
