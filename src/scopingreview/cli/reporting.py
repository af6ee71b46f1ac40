"""`report`: the whole review as one page for people."""

from __future__ import annotations

from scopingreview.cli.console import USUAL_WRITING, WritingSetting
from scopingreview.cli.flow import CheckOnly, show_differences
from scopingreview.cli.publishing import PublicPage, publish
from scopingreview.errors import UsageError


def report(
    public: PublicPage = None,
    check: CheckOnly = False,
    setting: WritingSetting = USUAL_WRITING,
) -> None:
    """Write the whole review as one page for people.

    Reads config, data/derived, data/screened and data/charted. Writes results/report.html: the
    flow with the records of its boxes, sources, agreement, tables, figures, included studies and
    excluded reports. One file that any browser opens, without a network.

    With --public the page goes into another folder, as `export --public` has it: with pseudonyms
    for people, and without abstracts, notes and addresses of libraries.

    Example: scopingreview report --check

    Example: scopingreview report --public ../stress-page
    """
    from scopingreview.review.reporting import false_page
    from scopingreview.stages.reporting import run_report

    console, review = setting.console(), setting.review()
    if public and check:
        raise UsageError("--public and --check exclude each other")
    if public:
        from scopingreview.stages.publishing import publish_report

        publish(review, public, console, publish_report)
        return
    if check:
        show_differences(false_page(review), console, remedy="scopingreview report")
        return
    with console.working() as tell:
        tell("writing the report")
        made = run_report(review)
    console.document({"files": [made.file], "bytes": made.size})
    console.say(made.file)
    console.next_step("scopingreview check")
