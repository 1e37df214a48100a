/** The folder of the repository; the bundling of tests writes it in. */
export const ROOT = process.env.VIRTLINT_ROOT ?? process.cwd();
