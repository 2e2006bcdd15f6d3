// Builds what the pages load into src/AriDialer.Web/wwwroot/dist. `node build.mjs DIR` builds elsewhere.
import { mkdir, readFile, rm, writeFile, copyFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import * as sass from 'sass';

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, '../src/AriDialer.Web/wwwroot/dist'));
const shared = { bundle: true, minify: true, target: 'es2022', legalComments: 'linked', logLevel: 'warning' };

// Turbo puts a style element into every page for its progress bar, which the content security policy refuses with an
// error in the console. We have a bar of our own.
const turboWithoutStyle = {
  name: 'turbo-without-style',
  setup(build) {
    build.onLoad({ filter: /turbo\.es2017-esm\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const install = '    this.installStylesheetElement();\n';
      if (!source.includes(install)) throw new Error('Turbo installs its style in another way now: see turboWithoutStyle.');
      return { contents: source.replace(install, '') };
    });
  },
};

// wavesurfer.js writes a style element into its shadow root, which the policy refuses likewise, and without it the drawing
// falls apart. A style sheet that is made by script is allowed; it takes the same text. For this the readable build is
// bundled: the package's usual entry is minified.
const wavesurferWithoutStyleElement = {
  name: 'wavesurfer-without-style-element',
  setup(build) {
    build.onResolve({ filter: /^wavesurfer\.js$/ }, () => ({ path: join(here, 'node_modules/wavesurfer.js/dist/wavesurfer.js') }));
    build.onLoad({ filter: /wavesurfer\.js\/dist\/renderer\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const begin = /shadow\.innerHTML = `\s*<style\$\{cspNonce \? ` nonce="\$\{cspNonce\}"` : ''\}>/;
      const end = '</style>';
      if (!begin.test(source) || source.split(end).length !== 2) throw new Error('wavesurfer.js writes its style in another way now: see wavesurferWithoutStyleElement.');
      const contents = source
        .replace(begin, 'const sheet = new CSSStyleSheet();\nsheet.replaceSync(`')
        .replace(end, '`);\nshadow.adoptedStyleSheets = [sheet];\nshadow.innerHTML = `');
      return { contents };
    });
  },
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const styles = sass.compile(join(here, 'styles/app.scss'), {
  loadPaths: [join(here, 'node_modules')],
  // Bootstrap 5.3 is written in the older Sass module style; its warnings are not ours to fix.
  quietDeps: true,
  silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
});

await Promise.all([
  esbuild.build({ ...shared, plugins: [turboWithoutStyle, wavesurferWithoutStyleElement], entryPoints: [join(here, 'app.ts')], outfile: join(out, 'app.js'), format: 'esm', sourcemap: true }),
  // Runs before the first paint, so that a dark page does not flash white; the policy allows no inline script.
  esbuild.build({ ...shared, entryPoints: [join(here, 'theme.ts')], outfile: join(out, 'theme.js'), format: 'iife' }),
  esbuild.build({
    ...shared,
    stdin: { contents: styles.css, resolveDir: join(here, 'styles'), loader: 'css' },
    outfile: join(out, 'app.css'),
    loader: { '.woff2': 'file', '.svg': 'dataurl' },
    assetNames: 'fonts/[name]-[hash]',
  }),
  writeSprite(),
  copyFile(join(here, 'icons/favicon.svg'), join(out, 'favicon.svg')),
]);

/** One file with the icons that the pages use, as symbols: <svg><use href="/dist/icons.svg#telephone"></use></svg>. */
async function writeSprite() {
  const names = (await readFile(join(here, 'icons/list.txt'), 'utf8')).split('\n').filter(Boolean);
  const symbols = await Promise.all(names.map(async (name) => {
    const svg = await readFile(join(here, `node_modules/bootstrap-icons/icons/${name}.svg`), 'utf8');
    const body = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>')).trim();
    return `<symbol id="${name}" viewBox="0 0 16 16">${body}</symbol>`;
  }));
  await writeFile(join(out, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`);
}
