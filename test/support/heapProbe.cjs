// Loaded into a server under test: tells, when asked, how many bytes its heap holds once the collector has run.
process.on('message', () => {
  globalThis.gc();
  process.send(process.memoryUsage().heapUsed);
});
