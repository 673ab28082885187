import { build, transform } from 'esbuild';
import type { Plugin } from 'esbuild';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Folder of the page's sources: in the project that this code runs in, be it from here or bundled into another folder of it. */
function sourceFolder(from: string): string {
  const candidate = join(from, 'pages', 'chat');
  if (existsSync(join(candidate, 'index.html'))) return candidate;
  const parent = dirname(from);
  if (parent === from) throw new Error(`No pages/chat/index.html above ${import.meta.dirname}. Run the build from a folder inside the project.`);
  return sourceFolder(parent);
}

/** Files that are served as they are. */
const COPIED = ['index.html', 'page.css'] as const;

/** Imports of style sheets become minified text, for constructable style sheets inside the shadow roots. */
const styleSheetsAsText: Plugin = {
  name: 'style-sheets-as-text',
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'css', minify: true, target: 'es2022' });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

/**
 * Builds the chat page: `index.html`, `page.css` and `chatbot.js` (one classic script, so that one tag embeds it).
 * The same sources give the same bytes, wherever they stand.
 * @param outDir Folder to write to; made when it is not there.
 * @throws Error when the sources are not found; of esbuild, when one does not compile.
 */
export async function buildPages(outDir: string): Promise<void> {
  const source = sourceFolder(import.meta.dirname);
  await mkdir(outDir, { recursive: true });
  await Promise.all([
    build({
      entryPoints: [join(source, 'chatbot.ts')],
      absWorkingDir: source,
      outfile: join(outDir, 'chatbot.js'),
      bundle: true,
      format: 'iife',
      platform: 'browser',
      target: 'es2022',
      charset: 'utf8',
      minify: true,
      sourcemap: false,
      legalComments: 'none',
      logLevel: 'silent',
      tsconfigRaw: {},
      plugins: [styleSheetsAsText],
    }),
    ...COPIED.map((name) => copyFile(join(source, name), join(outDir, name))),
  ]);
}
