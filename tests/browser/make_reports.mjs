// Makes the reports that the browser tests open, by the real program. usage: make_reports.mjs PROGRAM SCENARIOS FOLDER
import {execFileSync} from 'node:child_process';
import {readdirSync} from 'node:fs';
import {join} from 'node:path';

const [program, library, folder] = process.argv.slice(2);
const run = (out, ...rest) => execFileSync(program, [...rest, '--out', join(folder, out), '--force', '--quiet'], {stdio: ['ignore', 'ignore', 'inherit']});

run('one', 'run', 'base', '--paths', '2048', '--write', 'csv,html');
// Twenty scenarios; the first of the library, so that base and its neighbours are among them.
const names = readdirSync(library).filter((name) => name.endsWith('.yaml') && !name.startsWith('as-of-2025')).map((name) => name.slice(0, -5)).sort();
run('twenty', 'run', ...names.slice(0, 20), '--paths', '64', '--write', 'html');
run('differences', 'compare', 'base', 'capex-pause', 'oil-shock', '--paths', '256');
// Little is asked for, by somebody with a strange title.
run('little', 'run', 'base', '--paths', '64', '--write', 'html', '--set', 'report.series=["exports.total.yoy@2027"]',
  '--set', 'title={en: "</script><img src=x onerror=alert(1)> & <b>co</b>", zh: "“题目”"}');
