// Looks at the report in a real browser: light and dark, as wide as a desk's screen and as narrow as a telephone's.
//
//     node look.mjs FOLDER [CHROMIUM]
//
// Writes a picture of each to FOLDER/report-*.png. Fails when the page's script does, when the page asks for anything but
// itself, when it is wider than the screen, when a chart is empty, or when a colour is hard to read.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {pathToFileURL} from 'node:url';

const [folder, chromium = 'chromium'] = process.argv.slice(2);
const page = pathToFileURL(resolve(folder, 'report.html')).href;
// The packages lie where they were installed, beside the report's build.
const CDP = createRequire(join(process.cwd(), 'package.json'))('chrome-remote-interface');

const screens = [
  {name: 'desk-light', width: 1280, scheme: 'light'}, {name: 'desk-dark', width: 1280, scheme: 'dark'},
  {name: 'phone-light', width: 360, scheme: 'light'}, {name: 'phone-dark', width: 360, scheme: 'dark'},
];

// What the page says of itself. Runs there.
function inspect() {
  const channels = colour => colour.match(/[\d.]+/g).slice(0, 3).map(Number);
  const luminance = colour => channels(colour).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
      .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
  const background = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (colour !== 'rgba(0, 0, 0, 0)') return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const inked = canvas => {
    const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let pixels = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) ++pixels;
    return pixels / (data.length / 4);
  };
  return {
    drawn: Number(document.documentElement.dataset.drawn),
    width: document.documentElement.scrollWidth,
    rows: document.querySelectorAll('#log tbody tr').length,
    entries: data.history.length,
    counts: document.querySelectorAll('#counts tbody tr').length,
    benchmarks: Object.keys(data.history.at(-1).instructions).length,
    ink: Math.min(...[...document.querySelectorAll('canvas')].map(inked)),
    contrast: Math.min(...[...document.querySelectorAll('h1, h2, h3, p, td, th, .tile b, .tile span, footer')]
        .map(e => contrast(getComputedStyle(e).color, background(e)))),
  };
}

async function look(client, {name, width, scheme}) {
  const {Page, Runtime, Emulation, Network} = client;
  const complaints = [];
  Runtime.exceptionThrown(({exceptionDetails}) => complaints.push(exceptionDetails.exception?.description ?? exceptionDetails.text));
  Network.requestWillBeSent(({request}) => { if (request.url !== page) complaints.push(`it asks for ${request.url}`); });
  await Promise.all([Page.enable(), Runtime.enable(), Network.enable()]);
  await Emulation.setDeviceMetricsOverride({width, height: 800, deviceScaleFactor: 1, mobile: width < 500});
  await Emulation.setEmulatedMedia({features: [{name: 'prefers-color-scheme', value: scheme}]});
  const loaded = Page.loadEventFired();
  await Page.navigate({url: page});
  await loaded;
  const {result} = await Runtime.evaluate({expression: `(${inspect})()`, returnByValue: true});
  const seen = result.value ?? {};
  const {cssContentSize} = await Page.getLayoutMetrics();
  const picture = await Page.captureScreenshot({captureBeyondViewport: true,
                                                clip: {x: 0, y: 0, width, height: cssContentSize.height, scale: 1}});
  writeFileSync(join(folder, `report-${name}.png`), Buffer.from(picture.data, 'base64'));

  if (!(seen.drawn >= 8)) complaints.push(`${seen.drawn} charts are drawn`);
  if (seen.width > width) complaints.push(`it is ${seen.width - width} px wider than the screen`);
  if (seen.rows !== seen.entries) complaints.push(`${seen.rows} of ${seen.entries} baselines are listed`);
  if (seen.counts !== seen.benchmarks) complaints.push(`${seen.counts} of ${seen.benchmarks} benchmarks are listed`);
  if (!(seen.ink > 0.005)) complaints.push('a chart is empty');
  if (!(seen.contrast >= 4.5)) complaints.push(`a text has a contrast of ${seen.contrast?.toFixed(1)}; 4.5 can be read`);
  console.log(`${name}: ${complaints.length === 0 ? 'as it should be' : complaints.join('; ')}`);
  return complaints.length === 0;
}

const profile = mkdtempSync(join(tmpdir(), 'qmforge-report-'));
const browser = spawn(chromium, ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--remote-debugging-port=0',
                                 `--user-data-dir=${profile}`, 'about:blank'], {stdio: ['ignore', 'ignore', 'pipe']});
let good = true;
try {
  const port = await new Promise((found, failed) => {
    let said = '';
    browser.on('error', failed);
    browser.on('exit', () => failed(new Error(`the browser ended: ${said}`)));
    browser.stderr.on('data', text => {
      const match = (said += text).match(/ws:\/\/[^:]+:(\d+)\//);
      if (match) found(Number(match[1]));
    });
  });
  for (const screen of screens) {
    const target = await CDP.New({port});
    const client = await CDP({port, target});
    good = await look(client, screen) && good;
    await client.close();
  }
} finally {
  browser.removeAllListeners('exit');
  const ended = new Promise(end => browser.on('exit', end));
  browser.kill();
  await ended;
  rmSync(profile, {recursive: true, force: true, maxRetries: 5});
}
process.exitCode = good ? 0 : 1;
