// The npm package: command line and language server, without the extension. Staged in out/npm from what the build has made, since the manifest
// of the project is that of the extension. usage: npm-package.mjs [FOLDER]   leaves virtlint-VERSION.tgz there (default: the project's folder)
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inProject, main, Obstacle, run } from './project.mjs';

/** All that the package holds, besides its manifest. */
const content = [
  'LICENSE',
  'dist/{cli,server}.js',
  'dist/THIRD-PARTY-NOTICES.txt',
  'dist/pages*.json',
  'dist/grammar/*.json',
  'dist/texts/*.json',
  'schemas/NOTICE',
  'schemas/virtlint.schema.json',
];

/** What it has of the project's manifest; both have one version. */
const shared = ['name', 'version', 'license', 'repository', 'bugs', 'homepage', 'keywords'];

function manifest() {
  const project = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  return {
    ...Object.fromEntries(shared.map((key) => [key, project[key]])),
    description: "Checks libvirt's domain XML: command line and language server.",
    engines: { node: project.engines.node },
    bin: { virtlint: 'dist/cli.js', 'virtlint-language-server': 'dist/server.js' },
  };
}

await main(async () => {
  const stage = inProject('out', `npm-${process.pid}`);
  rmSync(stage, { recursive: true, force: true });
  try {
    for (const pattern of content) {
      const files = globSync(pattern, { cwd: inProject() });
      if (files.length === 0) throw new Obstacle(`${pattern}: no such file; run npm run build first`);
      for (const file of files) cpSync(inProject(file), path.join(stage, file));
    }
    cpSync(inProject('docs/npm.md'), path.join(stage, 'README.md'));
    writeFileSync(path.join(stage, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
    const folder = path.resolve(process.argv[2] ?? inProject());
    mkdirSync(folder, { recursive: true });
    return await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: stage });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
});
