/** Driving a VS Code window as a user does. */
import type { Locator, Page } from 'playwright-core';

const startMs = 60_000;
const answerMs = 30_000;

export class Workbench {
  readonly page: Page;
  readonly squiggles: Locator;
  readonly hover: Locator;
  readonly quickFixes: Locator;
  readonly choices: Locator;
  readonly notifications: Locator;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(answerMs);
    this.squiggles = page.locator('.squiggly-error');
    this.hover = page.locator('.monaco-hover:not(.hidden)');
    this.quickFixes = page.locator('.action-widget .monaco-list-row.action');
    this.choices = page.locator('.quick-input-list .monaco-list-row');
    this.notifications = page.locator('.notification-toast');
    this.dialog = page.locator('.monaco-dialog-box');
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.locator('.monaco-editor .view-line').first().waitFor({ timeout: startMs });
  }

  /** Puts the cursor before the first occurrence of `text`, by search: the mouse would leave a hover behind. */
  async goTo(text: string): Promise<void> {
    const { keyboard, mouse } = this.page;
    await mouse.move(900, 700);
    await this.page
      .locator('.monaco-editor .view-line')
      .first()
      .click({ position: { x: 2, y: 2 } });
    await keyboard.press('Control+Home');
    await keyboard.press('Control+F');
    const widget = this.page.locator('.find-widget.visible');
    await widget.locator('textarea.input').first().fill(text);
    await keyboard.press('Enter');
    await this.dismiss(widget);
    await keyboard.press('ArrowLeft');
  }

  /** Closes a widget; one that is still about to show itself overhears the key. */
  async dismiss(widget: Locator): Promise<void> {
    for (let left = 10; left > 0 && (await widget.count()) > 0; left -= 1) {
      await this.page.keyboard.press('Escape');
      await widget
        .first()
        .waitFor({ state: 'detached', timeout: 1000 })
        .catch(() => undefined);
    }
  }

  /** A widget that is asked for while the editor settles closes again: ask until it stays. */
  async ask(widget: Locator, action: () => Promise<void>): Promise<void> {
    for (let left = 6; ; left -= 1) {
      await action();
      try {
        await widget.first().waitFor({ timeout: 2500 });
        await this.page.waitForTimeout(300);
        if (await widget.first().isVisible()) return;
      } catch (error) {
        if (left === 0) throw error;
      }
    }
  }

  async showHover(withText: string): Promise<void> {
    await this.ask(this.hover.filter({ hasText: withText }), async () => {
      await this.page.keyboard.press('Control+K');
      await this.page.keyboard.press('Control+I');
    });
  }

  async showQuickFixes(): Promise<void> {
    await this.page.locator('.lightBulbWidget').first().waitFor();
    await this.ask(this.quickFixes, () => this.page.keyboard.press('Control+.'));
  }

  /** Runs a command of the palette by its title. */
  async runCommand(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget .quick-input-box input').first();
    const row = this.choices.filter({ hasText: title }).first();
    // A window that is still at its start may close the palette again while the title is written.
    for (let left = 4; ; left -= 1) {
      await this.ask(input, () => this.page.keyboard.press('F1'));
      try {
        await input.fill(`>${title}`, { timeout: 5000 });
        await row.click({ timeout: 5000 });
        return;
      } catch (error) {
        if (left === 0) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Takes the entry of the open list that has this text. */
  async choose(text: string): Promise<void> {
    await this.choices.filter({ hasText: text }).first().click();
  }

  /** Presses a button of a dialog or a notification. */
  async press(label: string): Promise<void> {
    await this.page
      .locator('.monaco-dialog-box, .notification-toast')
      .getByRole('button', { name: label, exact: true })
      .click();
  }
}
