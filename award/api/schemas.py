"""What programs are told and tell, field by field. Dates are ISO 8601; instants bear their zone; sizes are bytes."""

from typing import Any

from marshmallow import Schema, fields, validate


class Told(Schema):
    """An answer: every field is there, null where nothing is known."""

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        super().on_bind_field(field_name, field_obj)
        field_obj.required = True


class ProblemSchema(Schema):
    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True, metadata={"description": "Stable: a program may look at it."})
    detail = fields.String()
    reference = fields.String()
    errors = fields.Dict()


class TurnSchema(Schema):
    """Which page of a list."""

    after = fields.String(
        load_default="", validate=validate.Length(max=100), metadata={"description": "The page behind this row."}
    )


class Listed(Told):
    """A page of a list."""

    next = fields.String(allow_none=True, metadata={"description": "Address of the next page; null on the last."})


class Deadline(Told):
    at = fields.DateTime(allow_none=True, metadata={"description": "The first instant that is too late."})
    words = fields.String()


class Window(Told):
    first = fields.Date(allow_none=True)
    last = fields.Date(allow_none=True)


class EditionSchema(Told):
    id = fields.String(metadata={"description": "Names the edition in every address."})
    name = fields.String()
    ordinal = fields.Integer()
    year = fields.Integer()
    state = fields.String()
    state_words = fields.String()
    published_in = fields.Nested(Window, metadata={"description": "When works must have appeared."})
    deadline = fields.Nested(Deadline)
    invented = fields.Boolean(metadata={"description": "Made up for demonstration."})


class EditionsSchema(Listed):
    items = fields.List(fields.Nested(EditionSchema))


class RuleSchema(Told):
    code = fields.String()
    matter = fields.String()
    said = fields.String()
    clause = fields.String()


class RulesSchema(Told):
    edition = fields.Nested(EditionSchema)
    items = fields.List(fields.Nested(RuleSchema))


class SlotSchema(Told):
    code = fields.String()
    label = fields.String()
    kinds = fields.List(fields.String())
    at_least = fields.Integer()
    at_most = fields.Integer()
    max_bytes = fields.Integer()
    per_part = fields.Boolean()


class CategorySchema(Told):
    id = fields.String()
    code = fields.String()
    name = fields.String()
    medium = fields.String()
    genres = fields.List(fields.String())
    files = fields.List(fields.Nested(SlotSchema))


class CategoriesSchema(Told):
    items = fields.List(fields.Nested(CategorySchema))


class LevelSchema(Told):
    code = fields.String()
    name = fields.String()
    rank = fields.Integer()
    quota = fields.Integer()


class DecisionSchema(Told):
    number = fields.String()
    day = fields.Date()
    body = fields.String()


class FiguresSchema(Told):
    received = fields.Integer()
    eligible = fields.Integer()
    prizes = fields.Integer()
    honours = fields.Integer()


TAKEN_BACK = {"description": "The paper by which it was taken back; null while it stands."}


class HonourSchema(Told):
    recipient = fields.String()
    level = fields.String()
    work = fields.String()
    revoked = fields.Boolean()
    revoked_by = fields.Nested(DecisionSchema, allow_none=True, metadata=TAKEN_BACK)


class ResultsSchema(Told):
    published_at = fields.DateTime()
    decision = fields.Nested(DecisionSchema, allow_none=True)
    figures = fields.Nested(FiguresSchema)
    levels = fields.List(fields.Nested(LevelSchema))
    honours = fields.List(fields.Nested(HonourSchema))


class PublishedPartSchema(Told):
    ordinal = fields.Integer()
    title = fields.String()
    published_on = fields.Date(allow_none=True)
    place = fields.String()
    link = fields.String()


class PrizeWorkSchema(Told):
    id = fields.String()
    title = fields.String()
    category = fields.String()
    genre = fields.String()
    authors = fields.List(fields.String())
    newsroom = fields.String()
    level = fields.String()
    theme = fields.String()
    revoked = fields.Boolean()
    revoked_by = fields.Nested(DecisionSchema, allow_none=True, metadata=TAKEN_BACK)
    given_by = fields.Nested(
        DecisionSchema,
        allow_none=True,
        metadata={"description": "The paper that gave it later or lowered it; null where the decision gave it so."},
    )
    lowered_from = fields.String(
        allow_none=True, metadata={"description": "Name of the level that paper lowered it from."}
    )
    corrected_on = fields.Date(allow_none=True, metadata={"description": "When a word of the work was corrected."})
    parts = fields.List(fields.Nested(PublishedPartSchema))
    page = fields.String(metadata={"description": "Where people read it."})


class PrizeWorksSchema(Listed):
    items = fields.List(fields.Nested(PrizeWorkSchema))


class PrizesSchema(Told):
    items = fields.List(fields.Nested(PrizeWorkSchema))


class NarrowedSchema(TurnSchema):
    """Which works, as the page of results narrows them."""

    category = fields.String(load_default="", validate=validate.Length(max=100))
    level = fields.String(load_default="", validate=validate.Length(max=100))
    words = fields.String(load_default="", validate=validate.Length(max=100))


class NewsroomSchema(Told):
    id = fields.String()
    name = fields.String()


class MeSchema(Told):
    name = fields.String()
    scopes = fields.List(fields.String())
    expires_at = fields.DateTime()
    newsrooms = fields.List(fields.Nested(NewsroomSchema), metadata={"description": "For which its owner speaks."})


class FindingSchema(Told):
    code = fields.String()
    field = fields.String()
    verdict = fields.String()
    sentence = fields.String()
    clause = fields.String()
    missing = fields.String()
    blocks = fields.Boolean()


class FileSchema(Told):
    name = fields.String()
    size = fields.Integer()
    state = fields.String()
    sha256 = fields.String(allow_none=True)


class EntrySchema(Told):
    id = fields.String()
    code = fields.String(allow_none=True)
    title = fields.String()
    category = fields.String()
    genre = fields.String()
    authors = fields.List(fields.String())
    newsroom = fields.String()
    parts = fields.Integer()
    state = fields.String(metadata={"description": "draft, submitted or withdrawn."})
    status = fields.String(metadata={"description": "How far it is, in the words its owner reads."})
    asked_to_correct = fields.Boolean()
    submitted_at = fields.DateTime(allow_none=True)
    changed_at = fields.DateTime()


class EntriesSchema(Listed):
    items = fields.List(fields.Nested(EntrySchema))


class WholeEntrySchema(EntrySchema):
    findings = fields.List(fields.Nested(FindingSchema))
    files = fields.List(fields.Nested(FileSchema))


class DraftSchema(Schema):
    """A new draft."""

    category = fields.String(required=True, validate=validate.Length(min=1, max=100))


class ReceiptSchema(Told):
    id = fields.String()
    code = fields.String()
    received_at = fields.DateTime()
    content_hash = fields.String()
    content = fields.Dict()


class ReceiptsSchema(Told):
    items = fields.List(fields.Nested(ReceiptSchema))


class SaidSchema(Told):
    answer = fields.String()
    reason = fields.String()
    by = fields.String()
    at = fields.DateTime()


class DeskWorkSchema(Told):
    id = fields.String()
    code = fields.String(allow_none=True)
    title = fields.String()
    category = fields.String()
    authors = fields.List(fields.String())
    state = fields.String(metadata={"description": "waiting, confirmed, refused, draft or withdrawn."})
    missing = fields.String(metadata={"description": "What a draft still lacks, in words."})
    ready = fields.Boolean(metadata={"description": "A draft that lacks nothing."})
    facts = fields.String(metadata={"description": "Hash of what a confirmation speaks of: sent back with it."})
    said = fields.Nested(SaidSchema, allow_none=True)


class DeskWorksSchema(Listed):
    items = fields.List(fields.Nested(DeskWorkSchema))


class DeskTurnSchema(TurnSchema):
    state = fields.String(
        load_default="", validate=validate.OneOf(["", "waiting", "confirmed", "refused", "draft", "withdrawn"])
    )


class ConfirmedSchema(Schema):
    """A work as it was read."""

    id = fields.String(required=True, validate=validate.Length(min=1, max=100))
    facts = fields.String(required=True, validate=validate.Length(equal=64))


class ConfirmationSchema(Schema):
    """Works that the newsroom confirms, all in one act."""

    works = fields.List(fields.Nested(ConfirmedSchema), required=True, validate=validate.Length(min=1, max=500))


class ConfirmationsSchema(Told):
    confirmed = fields.List(fields.String(), metadata={"description": "Codes of works that are confirmed."})
    left = fields.List(fields.String(), metadata={"description": "Codes of those that changed since they were read."})


class WebhookSchema(Told):
    id = fields.String()
    url = fields.String()
    edition = fields.String()
    newsroom = fields.String(allow_none=True)
    state = fields.String(metadata={"description": "on or off."})


class WebhooksSchema(Told):
    items = fields.List(fields.Nested(WebhookSchema))


class DeliverySchema(Told):
    id = fields.String()
    event = fields.String()
    entry = fields.String(allow_none=True)
    at = fields.DateTime()
    state = fields.String(metadata={"description": "queued, sent or failed."})
    attempts = fields.Integer()
    status = fields.Integer(allow_none=True)
    fault = fields.String()


class DeliveriesSchema(Listed):
    items = fields.List(fields.Nested(DeliverySchema))
