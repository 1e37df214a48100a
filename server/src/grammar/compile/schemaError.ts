/** A schema that cannot be compiled. It is thrown inside compile/ and becomes a typed result at its door. */
export class SchemaError extends Error {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  constructor(file: string, line: number, message: string) {
    super(`${file}:${line}: ${message}`);
    this.file = file;
    this.line = line;
  }
}
