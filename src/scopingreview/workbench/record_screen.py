"""The screen on which records are decided: what it shows, and what each key does there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.events import Key, Resize
from textual.screen import Screen
from textual.widgets import Static

from scopingreview.errors import NotWrittenError, ReviewError
from scopingreview.model import Record, Verdict
from scopingreview.work.filters import Filter, among, candidates, parse_filter
from scopingreview.work.full_text import addresses, open_address
from scopingreview.work.highlights import Terms
from scopingreview.work.keymap import BY_NAME
from scopingreview.work.pace import summary
from scopingreview.work.possible import possible_actions
from scopingreview.work.task import Work
from scopingreview.workbench import questions, render
from scopingreview.workbench.dialogs import Page

WIDE = 110  # columns: from here on there is room for a panel beside the record
TALL = 32  # lines: from here on a heading has a line of its own
FOOTER_LINES = 2


class DeskScreen(Screen[None]):
    """One record at a time, with what can be done about it below."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.work = work
        self.session = work.session
        self.searched: tuple[str, ...] = ()
        self.highlights = True
        self.message = ""
        self.failure = ""
        self.retry: Callable[[], object] | None = None
        self.is_busy = False
        self.acts = self._acts()

    def _acts(self) -> dict[str, Callable[[], object]]:
        """What each action does."""
        ask = questions.Questions(self)
        return {
            "include": lambda: self.decide(Verdict.INCLUDE),
            "exclude": self._exclude,
            "maybe": lambda: self.decide(Verdict.MAYBE),
            "undo": self._undo,
            "skip": lambda: self._move(self.session.list.skip),
            "next": lambda: self._move(lambda: self.session.list.move(1)),
            "back": lambda: self._move(lambda: self.session.list.move(-1)),
            "note": ask.note,
            "labels": ask.labels,
            "duplicate": ask.duplicate,
            "study": ask.study,
            "open": self._open,
            "search": ask.search,
            "search_again": lambda: self.search(self.searched),
            "filter": ask.filter,
            "go_to": ask.go_to,
            "decisions": ask.decisions,
            "criteria": lambda: self._read(render.draw_criteria(self.session.rules)),
            "highlights": self._toggle_highlights,
            "scroll_down": lambda: self.query_one("#reading", VerticalScroll).scroll_page_down(
                animate=False
            ),
            "scroll_up": lambda: self.query_one("#reading", VerticalScroll).scroll_page_up(
                animate=False
            ),
            "help": lambda: self._read(render.draw_help(self.work.keys, self.session.rules)),
            "quit": self.app_exit,
        }

    # ── what stands on the screen ────────────────────────────────────────────────────────────

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        with Horizontal(id="middle"):
            with VerticalScroll(id="reading"):
                yield Static(id="record")
            with VerticalScroll(id="aside"):
                yield Static(id="beside")
        yield Static(id="standing")
        yield Static(id="message")
        yield Static(id="reasons")
        yield Static(id="keys")

    def on_mount(self) -> None:
        self.query_one("#aside").can_focus = False
        self.query_one("#reading").focus()
        self.draw(turned=True)

    def on_resize(self, event: Resize) -> None:
        self.set_class(event.size.width >= WIDE, "wide")
        self.draw()

    def draw(self, *, turned: bool = False) -> None:
        """The screen shows how things stand; `turned` to another record, from its beginning."""
        session, width = self.session, self.size.width
        record = session.current
        self._put("head", render.draw_head(session, self.work.sitting, width))
        self._put("record", self._record(record))
        self._put("standing", render.draw_standing(session, record) if record else "")
        message = self.query_one("#message", Static)
        message.set_class(bool(self.failure), "error")
        message.update(Content(self.failure or self.message))
        if self.has_class("wide"):
            self._put("beside", render.draw_aside(session, self.work.sitting))
        else:
            self._put("reasons", render.draw_reasons(session.rules, width - 2))
        self._put("keys", self._keys(width - 2))
        if turned:
            self.query_one("#reading", VerticalScroll).scroll_home(animate=False)

    def _put(self, name: str, content: Content | str) -> None:
        self.query_one(f"#{name}", Static).update(content)

    def _record(self, record: Record | None) -> Content:
        if record is None:
            return self._end()
        protocol = self.session.state.protocol
        shown = self.highlights
        terms = Terms(
            protocol.include_terms if shown else (),
            protocol.exclude_terms if shown else (),
            self.searched,
        )
        return render.draw_record(
            record,
            terms,
            shows_authors=not self.session.rules.blind_to_authors,
            beside=self.work.beside(record),
            compact=self.size.height < TALL,
        )

    def _end(self) -> Content:
        lines = ["This is the end of the list.", ""]
        if self.session.list.is_filtered:
            lines += [f"{self.work.keys.key('filter')} and Enter brings your queue back.", ""]
        lines += summary(self.session, self.work.sitting, self.work.now())
        return Content("\n".join(lines))

    def _keys(self, width: int) -> Content:
        if self.retry is not None:
            return Content.from_markup("[b u]enter[/] try again  [b u]esc[/] give it up")
        names = possible_actions(self.session, searched=bool(self.searched))
        return render.draw_keys(names, self.work.keys, width, lines=FOOTER_LINES)

    # ── keys ─────────────────────────────────────────────────────────────────────────────────

    def on_key(self, event: Key) -> None:
        key = event.character if event.is_printable and event.character != " " else event.key
        assert key is not None
        if not self.is_current:
            return  # typed ahead of a question that is coming up: it must not decide anything
        if self.retry is not None:
            self._answer_failure(event.key)
        elif self.is_busy:
            return
        elif key.isdigit() and len(key) == 1:
            self._exclude_for(int(key))
        elif key == "escape":
            self.put_away_list()
        else:
            action = self.work.keys.action(key)
            if action in possible_actions(self.session, searched=bool(self.searched)):
                event.stop()
                event.prevent_default()
                self.attempt(self.acts[action], BY_NAME[action].word)

    def attempt(self, act: Callable[[], object], word: str) -> None:
        """The act is done; what the disk refuses waits on the screen, in a word, to be retried."""
        self.failure, self.message = "", ""
        self.retry = None
        try:
            act()
        except NotWrittenError as error:
            self.retry = lambda: self.attempt(act, word)
            self.failure = f"NOT SAVED: {word} {self.session.list.current}\n{error}"
        except ReviewError as error:
            self.failure = str(error)
        if self.is_attached:
            self.draw()

    def _answer_failure(self, key: str) -> None:
        if key == "enter" and self.retry is not None:
            self.retry()
        elif key == "escape":
            self.attempt(lambda: self.say("Given up: nothing was saved."), "")

    def say(self, message: str) -> None:
        """One line tells what has just happened."""
        self.message = message

    # ── what the keys do ─────────────────────────────────────────────────────────────────────

    def decide(self, verdict: Verdict, reason: str = "", also: Sequence[str] = ()) -> None:
        """The decision is on disk, the next record on the screen."""
        now, sitting = self.work.now(), self.work.sitting
        decision = self.session.decide(
            verdict, reason=reason, also=also, now=now, seconds=sitting.seconds_on_table(now)
        )
        sitting.decided(now)
        said = render.draw_decision(decision, self.session.rules).plain
        self.say(f"{said} · {decision.record_id} · {self.work.keys.key('undo')} takes it back")
        self.draw(turned=True)
        if sitting.is_over(self.session, now):
            self.app_exit()

    def _exclude(self) -> None:
        if self.session.rules.exclusion_reasons:
            questions.Questions(self).reasons()
        else:
            self.decide(Verdict.EXCLUDE)

    def _exclude_for(self, digit: int) -> None:
        reasons = list(self.session.rules.exclusion_reasons.items())
        place = (digit - 1) % 10
        if place < len(reasons) and self.session.current is not None:
            reason, wording = reasons[place]
            self.attempt(lambda: self.decide(Verdict.EXCLUDE, reason), f"exclude: {wording} ·")

    def _undo(self) -> None:
        taken_back = self.session.undo(now=self.work.now())
        self.work.sitting.moved(self.work.now())
        if taken_back is not None:
            self.say(f"Taken back. {taken_back.record_id} is undecided again.")
            self.draw(turned=True)

    def _move(self, move: Callable[[], object]) -> None:
        move()
        self.turn()

    def turn(self) -> None:
        """Another record is on the table: it is shown from its beginning."""
        self.work.sitting.moved(self.work.now())
        self.draw(turned=True)

    def _open(self) -> None:
        record = self.session.current
        assert record is not None
        retrieval = self.session.state.retrievals.get(record.record_id)
        found = addresses(self.session.review, record, retrieval)
        if not found:
            raise ReviewError("no file, DOI or address is known of this record")
        if open_address(found[0]):
            self.say(f"Opened {found[0]}")
        else:
            self.app.copy_to_clipboard(found[0])
            self.say(f"No window can open here: {found[0]}")

    def _toggle_highlights(self) -> None:
        self.highlights = not self.highlights

    def _read(self, content: Content) -> None:
        self.app.push_screen(Page(content))

    def app_exit(self) -> None:
        """The workbench closes; everything is saved already."""
        self.app.exit()

    # ── searching and listing: the records are read in a thread ──────────────────────────────

    def search(self, words: Sequence[str]) -> None:
        """Go to the next record of the list that holds the words, from the top if need be."""
        listed = self.session.list
        ids = [*listed.ids[listed.place + 1 :], *listed.ids[: listed.place + 1]]
        self.searched = tuple(words)
        if words:
            wanted = Filter(words=self.searched)
            self._find(lambda: next(among(self.session, wanted, ids), None), self._found)

    def _found(self, unique_id: str | None) -> None:
        if unique_id is None:
            self.failure = f"No record of the list holds “{' '.join(self.searched)}”."
        else:
            self.session.list.put_on_table(unique_id)
        self.turn()

    def list_only(self, text: str) -> None:
        """The list holds the records the filter finds; an empty one brings the queue back."""
        wanted = parse_filter(text)
        if not wanted:
            self.put_away_list()
            return
        ids = candidates(self.session, wanted)
        self._find(
            lambda: list(among(self.session, wanted, ids)), lambda found: self._lay_out(text, found)
        )

    def _lay_out(self, text: str, found: list[str]) -> None:
        if found:
            self.session.list.lay_out(found)
            self.say(f"{len(found):,} for “{text}”. Esc brings your queue back.")
        else:
            self.failure = f"No record for “{text}”."
        self.turn()

    def put_away_list(self) -> None:
        """The queue is the list again, where it was left."""
        if self.session.list.is_filtered:
            self.session.list.put_away()
            self.message = self.failure = ""
            self.turn()

    def _find(self, search: Callable[[], object], then: Callable[..., None]) -> None:
        self.is_busy = True
        self.say("Searching …")

        def run() -> None:
            found = search()
            self.app.call_from_thread(finish, found)

        def finish(found: object) -> None:
            self.is_busy = False
            self.message = ""
            then(found)

        self.run_worker(run, thread=True, exclusive=True)
