/**
 * Import forms that the build (scripts/bundle.mjs) resolves: the text of a file; and, read when they are asked for, those of all files
 * that a pattern names, and of one of them by its name.
 */
declare module 'text:*' {
  const text: string;
  export default text;
}
declare module 'folder:*' {
  const files: () => Readonly<Record<string, string>>;
  export default files;
}
declare module 'lazy:*' {
  const read: (name: string) => string | undefined;
  export default read;
}
