// Makes docs/pictures/ from a run of base. usage: pictures.mjs PROGRAM PICTURES FOLDER, with the environment of browser.mjs;
// the build target `pictures` does it.
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';

const [program, pictures, folder] = process.argv.slice(2);
execFileSync(program, ['run', 'base', '--write', 'html', '--out', join(folder, 'pictures'), '--force', '--quiet'], {stdio: ['ignore', 'ignore', 'inherit']});
process.env.PLIMSOLL_REPORTS = folder;
const {close, finish, open} = await import('./browser.mjs');
for (const lang of ['en', 'zh']) {
  const page = await open('pictures', {query: `?lang=${lang}`, viewport: {width: 1120, height: 900}, colorScheme: 'light'});
  const end = await page.locator('#forecast figure').evaluate((figure) => figure.getBoundingClientRect().bottom + window.scrollY);
  await page.screenshot({path: join(pictures, `report-${lang}.png`), fullPage: true, clip: {x: 0, y: 0, width: 1120, height: Math.ceil(end) + 16}});
  await finish(page);
}
await close();
