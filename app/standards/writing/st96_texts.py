"""Description, claims, abstract and drawings of an ST.96 patent document."""

from __future__ import annotations

from lxml import etree

from app.domain.record import Record
from app.standards.writing import codes
from app.standards.writing.tree import put

_IMAGE_FORMATS = {
    "jpg": "JPEG", "jpeg": "JPEG", "tif": "TIFF", "tiff": "TIFF", "png": "PNG", "gif": "GIF", "svg": "SVG",
}  # fmt: skip


def image_format(name: str) -> str:
    """`ImageFormatCategory` of a picture by the ending of its name; "" where that does not say."""
    return _IMAGE_FORMATS.get(name.rpartition(".")[2].lower(), "")


def texts(top: etree._Element, record: Record, said: str) -> None:
    """The texts in the order of the schema, which has one set of claims: the document's own language."""
    for language, paragraphs in record.descriptions.items():
        description = put(top, "pat:Description", com__languageCode=codes.language(language))
        for paragraph in paragraphs:
            put(description, "com:P", paragraph)
    _claims(top, record, said)
    for language, text in record.abstracts.items():
        abstract = put(top, "pat:Abstract", com__languageCode=codes.language(language))
        put(abstract, "com:P", text)
    if record.image_names:
        drawings = put(top, "pat:Drawings")
        for number, name in enumerate(record.image_names, 1):
            figure = put(drawings, "pat:Figure")
            put(figure, "pat:FigureNumber", str(number))
            image = put(figure, "com:Image")
            # The schema asks for one; TIFF is the usual one of the field.
            put(image, "com:ImageFormatCategory", image_format(name) or "TIFF")
            put(image, "com:FileName", name)


def _claims(top: etree._Element, record: Record, said: str) -> None:
    language = said if said in record.claims else next(iter(record.claims), "")
    group = put(top, "pat:Claims", com__languageCode=codes.language(language))
    for number, text in enumerate(record.claims.get(language, ()), 1):
        claim = put(group, "pat:Claim")
        put(claim, "pat:ClaimNumber", str(number))
        put(claim, "pat:ClaimText", text)
    if not record.claims:
        put(group, "com:P")
