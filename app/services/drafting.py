"""From a case and a wish to a letter's draft: which template, which languages, which picture."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.domain.case import Case
from app.domain.law import LetterRule, in_language
from app.errors import FileRefused, RuleRefused, _
from app.letters.draft import ONE_AFTER_THE_OTHER, SIDE_BY_SIDE, Draft
from app.rules import checks
from app.services.offices import Office
from app.storage import register


@dataclass(frozen=True, slots=True)
class Wording:
    """How a letter is to be: languages (the first prevails), layout, the examiner's own fields.

    languages  empty: the case's language where the template has it, else the template's first
    layout     "side" for columns, "after" for one language under the other; "" chooses: columns for
               two languages, one after the other for more
    fields     `text` (and `text_fr` …), `your_reference`, `signatory`, `annexes`, `addressee`
    """

    languages: tuple[str, ...] = ()
    layout: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)


def rule_for(office: Office, case: Case, template: str) -> LetterRule:
    """The template, where the pack holds it and it serves the case's right. Refused otherwise."""
    rule = office.law.letters.get(template)
    serving = [r.id for r in office.law.letters.values() if str(case.right) in r.rights]
    if rule is None:
        raise RuleRefused(
            _("There is no letter “{name}”. No letter was made.").format(name=template),
            _("Letters for this case: {names}.").format(names=", ".join(serving) or _("none")),
        )
    if rule.id not in serving:
        raise RuleRefused(
            _("The letter “{name}” does not serve this right. No letter was made.").format(name=template),
            _("Letters for this case: {names}.").format(names=", ".join(serving) or _("none")),
        )
    return rule


def worded(rule: LetterRule, case: Case, languages: Iterable[str] | None, wording: Wording | None) -> Wording:
    """The wording with languages and layout settled. Refused in a language the template lacks."""
    chosen = wording or Wording()
    wanted = tuple(dict.fromkeys(languages or chosen.languages))
    if not wanted:
        wanted = (case.language,) if case.language in rule.languages else rule.languages[:1]
    missing = [language for language in wanted if language not in rule.languages]
    if missing:
        raise RuleRefused(
            _("The letter “{name}” is not written in {languages}. No letter was made.").format(
                name=rule.id, languages=", ".join(missing)
            ),
            _("It is written in: {languages}.").format(languages=", ".join(rule.languages)),
        )
    layout = chosen.layout or (SIDE_BY_SIDE if len(wanted) <= 2 else ONE_AFTER_THE_OTHER)
    return replace(chosen, languages=wanted, layout=layout)


def drafted(office: Office, case: Case, rule: LetterRule, day: date, wording: Wording) -> Draft:
    """A draft of the case as it stands, formalities checked, picture taken in; neither number nor limit."""
    whole = replace(case, findings=(*case.findings, *checks.run(office.law, case)))
    usual = {"signatory": case.officer or office.store.officer}
    if rule.addressee:
        usual["addressee"] = in_language(rule.addressee, wording.languages[0])
    return Draft(
        case=whole, rule=rule, law=office.law, languages=wording.languages, on=day,
        fields={**usual, **wording.fields}, layout=wording.layout,
        picture=_picture(office, case),
    )  # fmt: skip


def _picture(office: Office, case: Case) -> bytes:
    """The mark or first view of the dossier as a clean PNG; empty where none can be shown."""
    from app.imaging.pages import picture

    for document in case.documents:
        if document.media_type.startswith("image/") and document.kind not in ("letter", "proof-of-service"):
            blob, _name, _type = register.document_blob(office.store, document.id)
            try:
                return picture(office.store.blobs.get(blob), dpi=72.0)
            except FileRefused:
                # A picture nobody can open does not hold up the letter; the case shows the file.
                continue
    return b""
