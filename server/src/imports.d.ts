/**
 * Import forms that the build (scripts/bundle.mjs) resolves: the text of a file, of every file that a pattern names, and of one of
 * those by its name, read when it is asked for.
 */
declare module 'text:*' {
  const text: string;
  export default text;
}
declare module 'folder:*' {
  const files: Readonly<Record<string, string>>;
  export default files;
}
declare module 'lazy:*' {
  const read: (name: string) => string | undefined;
  export default read;
}
