// Loaded by the extension host in place of the suite: runs the suite, and copies what it prints to a file that the shim follows.
// Plain CommonJS, because the extension host loads it as it is.
'use strict';
const fs = require('node:fs');
const { format } = require('node:util');

exports.run = async () => {
  const { testsPath, output, verdict } = JSON.parse(process.env.VIRTLINT_BRIDGE ?? '');
  const file = fs.openSync(output, 'a');
  const print = (text) => fs.writeSync(file, text);
  // VS Code has made these accessors that ignore an assignment, so they are defined anew.
  for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
    const value = (...parts) => print(`${format(...parts)}\n`);
    Object.defineProperty(console, name, { configurable: true, writable: true, value });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.write = (chunk, encoding, done) => {
      print(String(chunk));
      (typeof encoding === 'function' ? encoding : done)?.();
      return true;
    };
  }
  try {
    await require(testsPath).run();
    fs.writeFileSync(verdict, ''); // an extension host that was killed also ends with status 0: only this says that the suite ran to its end
  } finally {
    fs.fsyncSync(file);
  }
};
