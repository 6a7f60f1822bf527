"""What the made-up area keeps as documents: two papers that Headway itself wrote. Nobody in them is real."""

from headway.vocabulary.clock import today

BY = "command:demo"
KEPT = (
    ("Board pack, autumn", "pack", "Where each promise stands, and what the board is asked to decide."),
    ("Notes for the next strategy", "working", "What heads said in the summer, in their own order."),
)


def make_demo_documents() -> None:
    """Once: a second demonstration finds them there."""
    from headway.desk.documents import actions
    from headway.desk.documents.models import Document
    from headway.papers.blocks import Heading, Paper, Paragraph
    from headway.papers.word import docx

    if Document.objects.filter(title=KEPT[0][0]).exists():
        return
    for title, retention, words in KEPT:
        made = Paper(title, "Wrenford", "", today(), (Heading(title), Paragraph(words)), "Made up.")
        actions.keep(by=BY, title=title, chunks=[docx(made)], retention=retention)
