from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('language', '0003_words_without_tones'),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('passage_id', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
    ]
