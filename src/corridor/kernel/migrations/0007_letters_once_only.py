from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0006_opening'),
    ]

    operations = [
        migrations.AddField(
            model_name='letter',
            name='is_once_only',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='letter',
            name='tried_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
