"""Two ways to use a page: the keyboard alone, with the focus seen wherever it lands; and no script at all."""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

# Well over the number of stops on the longest page.
MOST_STOPS = 250
# Where the focus is, whether it can be seen, and whether something covers it.
SIGHT = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return "";
  const marked = here.closest("label")?.contains(here) && here.matches("[type=radio],[type=checkbox],[type=file]");
  const box = (marked ? here.closest("label") : here).getBoundingClientRect();
  const style = getComputedStyle(here);
  /* The parts of a date field are inside it, and marked by the browser itself. */
  const shown = here.type === "date" || style.outlineStyle !== "none" || style.boxShadow !== "none" || style.opacity === "0";
  const name = here.id || here.name || here.textContent.trim().slice(0, 30) || here.tagName;
  if (!shown) return `${name}: the focus cannot be seen`;
  if (box.bottom < 0 || box.top > innerHeight) return `${name}: the focus is out of sight`;
  return "";
}"""


@dataclass
class Keys:
    """Ten fingers on a page; `lost` collects the places where the focus was not to be seen."""

    page: Page
    lost: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        # Somebody who listens from the start: the browser is told so only once, and not in a race with a key.
        self.page.on("filechooser", lambda _chooser: None)

    def press(self, *keys: str) -> None:
        """One key after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, selector: str, key: str = "Tab") -> None:
        """Tab until the focus is on a place; fails when it is never reached."""
        for _stop in range(MOST_STOPS):
            if self.is_on(selector):
                return
            self.press(key)
            if said := self.page.evaluate(SIGHT):
                self.lost.add(said)
        raise AssertionError(f"{selector} cannot be reached by the keyboard on {self.page.url}")

    def is_on(self, selector: str) -> bool:
        """Whether the focus is there."""
        return bool(
            self.page.evaluate("selector => document.activeElement.matches(selector)", selector)
        )

    def write(self, selector: str, text: str) -> None:
        """Replace what a field holds."""
        self.reach(selector)
        self.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text) if not text.isascii() else self.page.keyboard.type(
            text
        )

    def choose(self, name: str, value: str) -> None:
        """One of several radios: the group is one stop, the arrows go round it."""
        self.reach(f"input[type=radio][name='{name}']")
        wanted = f"input[type=radio][name='{name}'][value='{value}']"
        for _step in range(20):
            if self.is_on(f"{wanted}:checked"):
                return
            self.press("Space" if self.is_on(wanted) else "ArrowDown")
        raise AssertionError(f"{wanted} cannot be chosen by the arrows")

    def tick(self, selector: str) -> None:
        """A box, by the space bar."""
        self.reach(selector)
        if not self.page.locator(selector).is_checked():
            self.press("Space")
        expect(self.page.locator(selector)).to_be_checked()

    def pick(self, name: str, words: str) -> None:
        """One of a list, by the first letters of its words, as a closed list is used."""
        self.reach(f"select[name='{name}']")
        self.page.keyboard.type(words)
        chosen = self.page.locator(f"select[name='{name}'] option:checked")
        expect(chosen).to_contain_text(words)

    def date(self, selector: str, day: str) -> None:
        """A day typed into a date field, part after part in the order of the browser's language (en-US)."""
        self.reach(selector)
        year, month, date = day.split("-")
        self.page.keyboard.type(f"{month}{date}{year}")
        expect(self.page.locator(selector)).to_have_value(day)

    def open(self, selector: str) -> None:
        """A link, a button or a folded part, by Enter."""
        self.reach(selector)
        self.press("Enter")

    def give(self, selector: str, file: Path) -> None:
        """A file, by the button that opens the chooser."""
        self.reach(selector)
        with self.page.expect_file_chooser() as chooser:
            self.press("Space")
        chooser.value.set_files(file)


@dataclass
class Hands:
    """The same person with a mouse, where no script runs."""

    page: Page

    def reach(self, selector: str) -> None:
        """Click into it."""
        self.page.locator(selector).first.focus()

    def write(self, selector: str, text: str) -> None:
        """Replace what a field holds."""
        self.page.fill(selector, text)

    def choose(self, name: str, value: str) -> None:
        """One of several radios."""
        self.page.check(f"input[type=radio][name='{name}'][value='{value}']")

    def tick(self, selector: str) -> None:
        """A box."""
        self.page.check(selector)

    def pick(self, name: str, words: str) -> None:
        """One of a list, by the first letters of its words."""
        options = self.page.locator(f"select[name='{name}'] option").all_inner_texts()
        self.page.select_option(
            f"select[name='{name}']", label=next(t for t in options if t.startswith(words))
        )

    def date(self, selector: str, day: str) -> None:
        """A day."""
        self.page.fill(selector, day)

    def open(self, selector: str) -> None:
        """A link, a button or a folded part."""
        self.page.locator(selector).first.click()

    def give(self, selector: str, file: Path) -> None:
        """A file, and the button that sends it."""
        self.page.set_input_files(selector, file)
        self.page.locator(f"form:has({selector}) button[type=submit]").first.click()
