/*
 * Opens a report in Chromium, as a person would. ReportPageTest makes the reports and starts this; the environment says
 * where they are:
 *   REPORT       of two runs
 *   SINGLE       of a run with one turn
 *   HOSTILE      of a run whose texts mean harm
 *   CHROMIUM     the browser
 *   SCREENSHOTS  a folder for pictures, if they are wanted
 */
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';

const {REPORT, SINGLE, HOSTILE, CHROMIUM, SCREENSHOTS} = process.env;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];

let profile;
let browser;

before(async () => {
  profile = mkdtempSync(join(tmpdir(), 'report-browser-'));
  browser = await chromium.launchPersistentContext(profile, {executablePath: CHROMIUM, headless: true, args: FLAGS});
});

after(async () => {
  await browser?.close();
  rmSync(profile, {recursive: true, force: true});
});

/** Opens a report; whatever goes wrong in it is in {@code wrong}. */
async function open(file, {width = 1280, height = 900, scheme = 'light', hash = ''} = {}) {
  const page = await browser.newPage();
  const wrong = [];
  const address = pathToFileURL(file).href;
  page.on('console', (message) => wrong.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:')) {
      wrong.push(`request: ${request.url()}`);
    }
  });
  await page.emulateMedia({colorScheme: scheme});
  await page.setViewportSize({width, height});
  await page.goto(address + hash);
  return {page, wrong};
}

async function close({page, wrong}) {
  assert.equal(await page.evaluate('window.pwned'), undefined);
  assert.deepEqual(wrong, []);
  await page.close();
}

async function picture(page, name, fullPage = true) {
  if (SCREENSHOTS !== undefined) {
    await page.screenshot({path: join(SCREENSHOTS, `${name}.png`), fullPage});
  }
}

/** How many colours a canvas has; one that is blank has one. */
function colours(page, id) {
  return page.evaluate((canvasId) => {
    const canvas = document.getElementById(canvasId);
    const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    const found = new Set();
    for (let i = 0; i < pixels.length; i += 4) {
      found.add(`${pixels[i]},${pixels[i + 1]},${pixels[i + 2]},${pixels[i + 3]}`);
    }
    return found.size;
  }, id);
}

async function ids(page) {
  return page.locator('#problem-table tbody tr td:first-child a').allTextContents();
}

for (const scheme of ['light', 'dark']) {
  for (const width of [1280, 390]) {
    describe(`a report, ${scheme}, ${width} pixels wide`, () => {
      it('draws its charts and fits the window', async () => {
        const opened = await open(REPORT, {width, scheme});
        const {page} = opened;
        for (const id of ['turns-chart', 'verdicts-chart']) {
          assert.ok(await colours(page, id) > 10, `${id} is blank`);
        }
        assert.equal(await page.locator('.card').count(), 2);
        const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
        assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
        await picture(page, `report-${scheme}-${width}`);
        await close(opened);
      });

      it('opens a transcript with what changed', async () => {
        const opened = await open(REPORT, {width, scheme});
        const {page} = opened;
        const id = await page.evaluate(() => {
          const all = JSON.parse(document.getElementById('data').textContent).problems;
          return all.find((problem) => problem.results[1].turn > 1).id;
        });
        await page.getByRole('link', {name: id, exact: true}).click();
        const dialog = page.getByRole('dialog');
        await dialog.waitFor();
        assert.equal(await dialog.locator('h2').textContent(), id);
        assert.ok(await dialog.locator('.turns > li').count() > 1);
        assert.ok(await dialog.locator('.row.add ins').count() > 0);
        assert.ok(await dialog.locator('.row.remove del').count() > 0);
        assert.ok((await dialog.getByText('What the model was told').count()) > 0);
        assert.equal(await dialog.locator('.turns > li .program > .outcome .chosen').count(), 1);
        const overflow = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
        assert.ok(overflow <= 0, `the transcript is ${overflow} pixels too wide`);
        await picture(page, `transcript-${scheme}-${width}`, false);
        await dialog.evaluate((element) => element.scrollTo(0, element.scrollHeight));
        await picture(page, `transcript-end-${scheme}-${width}`, false);
        await page.keyboard.press('Escape');
        await dialog.waitFor({state: 'hidden'});
        assert.equal(await page.evaluate('document.activeElement.textContent'), id);
        assert.equal(new URL(page.url()).hash, '');
        await close(opened);
      });
    });
  }
}

describe('the table of problems', () => {
  it('is filtered by text, level and verdict', async () => {
    const opened = await open(REPORT);
    const {page} = opened;
    assert.equal((await ids(page)).length, 60);
    await page.getByLabel('Name').fill('ROMAN humaneval/1');
    const found = await ids(page);
    assert.ok(found.length > 0 && found.every((id) => id.startsWith('HumanEval/1')), found.join());
    assert.equal(await page.getByRole('status').textContent(), `${found.length} of 60 problems`);
    await page.getByLabel('Name').fill('');
    await page.getByRole('combobox', {name: 'Level'}).selectOption('hard');
    assert.equal((await ids(page)).length, 20);
    await page.getByRole('combobox', {name: 'Level'}).selectOption('any');
    await page.getByLabel('Verdict of any run').selectOption('timed out');
    const timedOut = page.locator('#problem-table tbody tr');
    assert.ok(await timedOut.count() > 0);
    for (const text of await timedOut.allTextContents()) {
      assert.match(text, /timed out/);
    }
    await close(opened);
  });

  it('is sorted by a click on a head, and the other way by another', async () => {
    const opened = await open(REPORT);
    const {page} = opened;
    const head = page.getByRole('columnheader', {name: 'Problem'});
    const order = [...Array(60).keys()].map((task) => `HumanEval/${task}`);
    assert.deepEqual(await ids(page), order);
    await head.getByRole('button').click();
    assert.deepEqual(await ids(page), order);
    assert.equal(await head.getAttribute('aria-sort'), 'ascending');
    await head.getByRole('button').click();
    assert.deepEqual(await ids(page), order.reverse());
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    await page.getByRole('columnheader', {name: 'second'}).getByRole('button').click();
    assert.match(await page.locator('#problem-table tbody tr').first().textContent(), /passed/);
    assert.equal(await head.getAttribute('aria-sort'), null);
    await close(opened);
  });

  it('shows the problems that differ', async () => {
    const opened = await open(REPORT);
    const {page} = opened;
    const {onlyFirst, onlySecond, p} = await page.evaluate(() => JSON.parse(document.getElementById('data').textContent).comparisons[0]);
    assert.match(await page.locator('#comparison').textContent(), new RegExp(`McNemar's exact p is ${p}`));
    await page.getByLabel('Name').fill('x');
    await page.getByRole('button', {name: /that differ/}).click();
    assert.equal((await ids(page)).length, onlyFirst + onlySecond);
    await close(opened);
  });

  it('has costs and is sorted by them where there is one run', async () => {
    const opened = await open(SINGLE);
    const {page} = opened;
    assert.equal(await page.locator('#turns').isVisible(), false);
    await page.getByRole('columnheader', {name: 'Tokens'}).getByRole('button').click();
    const tokens = (await page.locator('#problem-table tbody td:nth-child(5)').allTextContents()).map((text) => Number(text.replace(',', '')));
    assert.deepEqual(tokens, [...tokens].sort((one, other) => other - one));
    await picture(page, 'single-light-1280');
    await close(opened);
  });
});

describe('a transcript', () => {
  it('is shown by its address, and the next one by a button', async () => {
    const opened = await open(REPORT, {hash: '#problem=HumanEval%2F3'});
    const {page} = opened;
    const title = page.locator('#transcript-title');
    assert.equal(await title.textContent(), 'HumanEval/3');
    await page.getByRole('button', {name: 'Next problem'}).click();
    await page.waitForFunction(() => document.getElementById('transcript-title').textContent === 'HumanEval/4');
    assert.equal(new URL(page.url()).hash, '#problem=HumanEval%2F4');
    await page.getByRole('button', {name: 'Close'}).click();
    assert.equal(await page.getByRole('dialog').count(), 0);
    await close(opened);
  });

  it('shows either run, the program whole or what changed, and what was folded', async () => {
    const opened = await open(REPORT);
    const {page} = opened;
    const problem = await page.evaluate(() => {
      const all = JSON.parse(document.getElementById('data').textContent).problems;
      return all.findIndex((one) => one.results[0].turns > 1);
    });
    await page.locator('#problem-table tbody tr').nth(problem).click();
    const dialog = page.getByRole('dialog');
    const first = dialog.locator('.tabs button').first();
    await first.click();
    assert.equal(await dialog.locator('.tabs button').first().getAttribute('aria-pressed'), 'true');
    const second = dialog.locator('.turns > li').nth(1);
    const before = await second.locator('.code').first().textContent();
    await second.getByRole('button', {name: 'Program', exact: true}).first().click();
    assert.equal(await second.locator('.row.add').count(), 0);
    assert.equal(await second.locator('.code').first().textContent() === before, await second.locator('.row.remove').count() > 0);
    await second.locator('summary').click();
    await second.locator('.others .code').first().waitFor(); // The page writes them when it hears of the fold's opening.
    await close(opened);
  });

  it('works by keyboard alone', async () => {
    const opened = await open(REPORT);
    const {page} = opened;
    await page.getByLabel('Name').fill('humaneval/7');
    await page.locator('#problem-table tbody a').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    assert.equal(await page.evaluate('document.activeElement.id'), 'transcript-title');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.getElementById("transcript").contains(document.activeElement)'), true);
    await close(opened);
  });
});

describe('a report of hostile texts', () => {
  for (const [scheme, width] of [['light', 1280], ['dark', 390]]) {
    it(`shows them as text, ${scheme}, ${width} pixels wide`, async () => {
      const opened = await open(HOSTILE, {width, scheme});
      const {page} = opened;
      assert.equal(await page.locator('img').count(), 0);
      assert.equal(await page.locator('script:not([type])').count(), 2);
      assert.match(await page.locator('#title').textContent(), /^<\/script><script>window\.pwned=1<\/script>/);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      assert.ok(overflow <= 0, `the page is ${overflow} pixels too wide`);
      await picture(page, `hostile-${scheme}-${width}`);
      const rows = page.locator('#problem-table tbody tr');
      for (let row = 0; row < await rows.count(); row++) {
        await rows.nth(row).locator('a').click();
        const dialog = page.getByRole('dialog');
        await dialog.waitFor();
        assert.equal(await dialog.locator('img, script, iframe').count(), 0);
        const text = await dialog.textContent();
        assert.match(text, /<\/script><script>window\.pwned=1<\/script>/);
        assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        const wide = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
        assert.ok(wide <= 0, `the transcript is ${wide} pixels too wide`);
        if (row === 1) {
          await picture(page, `hostile-transcript-${scheme}-${width}`, false);
        }
        await page.keyboard.press('Escape');
        await dialog.waitFor({state: 'hidden'});
      }
      await close(opened);
    });
  }

  it('shows a program of 60 KB whole', async () => {
    const opened = await open(HOSTILE, {hash: '#problem=HumanEval%2F0'});
    const {page} = opened;
    for (const tab of await page.locator('.turns details.others > summary').all()) {
      await tab.click();
    }
    for (const button of await page.getByRole('button', {name: 'Program', exact: true}).all()) {
      await button.click();
    }
    const longest = await page.evaluate(() =>
      Math.max(...[...document.querySelectorAll('.code .rows')].map((code) => [...code.querySelectorAll('.text')].map((line) => line.textContent).join('\n').length)));
    assert.ok(longest >= 60000, `the longest program has ${longest} characters`);
    await close(opened);
  });
});
