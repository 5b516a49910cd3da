"""What the desk hands to the house."""

from award.desk import called, commands, views
from award.features import Feature

feature = Feature(
    name="desk",
    blueprint=views.blueprint,
    commands=(commands.doctor, commands.notice),
    install=called.install,
)
