"""The six countries, in the order of the seed."""

import json
from pathlib import Path

from django.db import migrations

SEED = Path(__file__).resolve().parents[1] / "data" / "countries.json"
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def seed(apps, schema_editor):
    Country = apps.get_model("directory", "Country")
    rows = json.loads(SEED.read_text(encoding="utf-8"))
    Country.objects.using(schema_editor.connection.alias).bulk_create(
        Country(
            code=row["code"],
            position=position,
            names=row["names"],
            time_zone=row["time_zone"],
            currency=row["currency"],
            languages=row["posting_languages"],
            weekend=[DAYS.index(day) for day in row["weekend"]],
        )
        for position, row in enumerate(rows)
    )


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_organisations")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
