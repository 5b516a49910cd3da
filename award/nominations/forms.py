"""Text in, typed values or messages out."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm

from award.editions.forms.fields import DateField, StringField, at_most, optional


class DossierForm(FlaskForm):  # type: ignore[misc]
    """The letter the dossier goes with, as far as its number and day are known."""

    class Meta:
        csrf = False  # the house checks the token of the page once, for whatever form

    number = StringField(_("Số công văn"), [optional(), at_most(60)])
    day = DateField(_("Ngày công văn"), [optional()])
