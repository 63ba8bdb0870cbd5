"""Sign, figures and goods of ST.96 marks, the same in applications and in Madrid notifications."""

from __future__ import annotations

from lxml import etree

from app.domain.record import MarkSign
from app.standards.fields import marks, symbols
from app.standards.fields.draft import Draft
from app.standards.wipo.st96_parts import language
from app.standards.wipo.tm_ds_parts import last_part
from app.standards.xml.texts import every, field, plain, value, values


def sign(draft: Draft, kind: str, said: str, texts: list[str], names: list[str]) -> None:
    """Set the sign. `kind` in our words, `said` what the file calls it, `names` its pictures and sounds."""
    if said and kind != said.lower():
        draft.as_filed["mark.kind"] = said
    names = [last_part(name) for name in names]
    draft.images(names)
    image = next((name for name in names if name), "")
    text = " / ".join(symbols.once(texts))
    if text or kind or image:
        draft.set(mark=MarkSign(text, kind, image))


def words(place: etree._Element | None) -> list[str]:
    """The words of a mark; the significant ones where it names no others."""
    return values(every(place, "MarkVerbalElementText")) or values(
        every(place, "MarkSignificantVerbalElementText")
    )


# The first is of V6; the others stand in drafts and earlier versions.
_PICTURE_NAMES = ("FileName", "ImageFileName", "MarkImageFilename", "MarkImageURI")


def pictures(place: etree._Element | None) -> list[str]:
    """File names of the pictures of a mark, addresses where there are no names."""
    images = [*every(place, "MarkImageBag/MarkImage"), *every(place, "MarkImage")]
    return [name for image in images if (name := field(image, *_PICTURE_NAMES))]


def figures(draft: Draft, place: etree._Element | None) -> None:
    """Vienna symbols in parts or as text; codes of a national scheme are kept as filed."""
    if place is None:
        return
    for one in place.iter("{*}ViennaClassification"):
        parts = [field(one, name) for name in ("ViennaCategory", "ViennaDivision", "ViennaSection")]
        raw = ".".join(part for part in parts if part) or value(one)
        draft.classify("vienna", symbols.vienna(raw), raw)
    for one in place.iter("{*}ViennaClassificationText"):
        for raw in value(one).replace(",", ";").split(";"):
            draft.classify("vienna", symbols.vienna(raw), raw)
    own = [value(one) for one in place.iter("{*}NationalDesignCode", "{*}NationalFigurativeElementCode")]
    if any(own):
        draft.as_filed["classes.national_figures"] = "; ".join(text for text in own if text)


def goods(
    draft: Draft, place: etree._Element, said: str, path: str = "GoodsServicesBag/GoodsServices"
) -> None:
    """Classes and goods of the lists at `path`. Lists of national classes are not of Nice."""
    found = marks.Goods()
    for group in every(place, path):
        if field(group, "ClassificationKindCode").lower() in ("domestic", "other"):
            continue
        for one in every(group, "GoodsServicesClassificationBag/GoodsServicesClassification"):
            if (raw := field(one, "ClassNumber")) and field(one, "ClassificationKindCode") != "Domestic":
                draft.classify("nice", symbols.nice(raw), raw)
        for one in every(group, "ClassDescriptionBag/ClassDescription"):
            raw = field(one, "ClassNumber")
            klass = symbols.nice(raw)
            if raw:
                draft.classify("nice", klass, raw)
            if klass is None:
                continue
            texts = list(every(one, "GoodsServicesDescriptionText"))
            if not any(plain(text) for text in texts):
                texts = list(every(one, "ClassificationTermBag/ClassificationTerm/ClassificationTermText"))
            for text in texts:
                found.add(klass, language(text, said), plain(text))
    draft.set(goods=found.texts())
