/** Two import forms that the build (scripts/bundle.mjs) resolves: the text of a file, and of every file that a pattern names. */
declare module 'text:*' {
  const text: string;
  export default text;
}
declare module 'folder:*' {
  const files: Readonly<Record<string, string>>;
  export default files;
}
