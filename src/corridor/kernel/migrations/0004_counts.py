"""Where limits are counted: how often somebody tried something. Unlogged, since nobody misses it after a crash."""

from django.db import migrations

FORWARD = """
CREATE UNLOGGED TABLE kernel_count (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX kernel_count_expires ON kernel_count (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0003_terminologists")]
    operations = [migrations.RunSQL(FORWARD, "DROP TABLE kernel_count")]
