// What every script knows of the project: where it is, and how to run its tools. Needs nothing installed; runs with Node 20.
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** @param {...string} parts path below the project's folder */
export const inProject = (...parts) => path.join(root, ...parts);

/** The environment of a tool: the project's own tools come first on PATH, Node 24 (npm package `node`) among them. */
export function toolEnvironment(extra = {}) {
  return {
    ...process.env,
    PATH: `${inProject('node_modules', '.bin')}${path.delimiter}${process.env.PATH ?? ''}`,
    ...extra,
  };
}

/**
 * Run a tool to its end, its output being ours. A tool that cannot be started counts as failed.
 * Ctrl+C reaches the tool by itself: we wait for its answer. Other signals are passed on.
 * @returns {Promise<number>} its exit status; 128 + n when signal n ended it
 */
export function run(command, args, { cwd = root, env = toolEnvironment(), stdio = 'inherit' } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio });
    const wait = () => undefined;
    const passOn = (signal) => child.kill(signal);
    process.on('SIGINT', wait).on('SIGTERM', passOn).on('SIGHUP', passOn);
    const end = (status) => {
      process.off('SIGINT', wait).off('SIGTERM', passOn).off('SIGHUP', passOn);
      resolve(status);
    };
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      end(127);
    });
    child.on('exit', (code, signal) => end(code ?? 128 + os.constants.signals[signal]));
  });
}

/** Run a tool and keep what it prints. @returns {Promise<{status: number, output: string}>} stdout and stderr together */
export function capture(command, args, { cwd = root, env = toolEnvironment() } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => resolve({ status: 127, output: `${command}: ${error.message}\n` }));
    child.on('close', (code) => resolve({ status: code ?? 1, output }));
  });
}

/** A failure that the user can mend: one sentence that names the way out, no stack. */
export class Obstacle extends Error {}

/** Run a script's main function; an obstacle is one line and exit status 1. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (error) {
    if (!(error instanceof Obstacle)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Seconds since `start` (from performance.now()), as text. */
export const since = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;
