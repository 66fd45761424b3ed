from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('language', '0004_volunteers_and_machines'),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('passage_id', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
    ]
