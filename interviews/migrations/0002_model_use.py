import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('interviews', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ModelUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=16)),
                ('model', models.CharField(max_length=120)),
                ('requests', models.PositiveIntegerField(default=0)),
                ('failures', models.PositiveIntegerField(default=0, help_text='Of the requests, those without an answer.')),
                ('input_tokens', models.PositiveBigIntegerField(default=0)),
                ('cached_tokens', models.PositiveBigIntegerField(default=0, help_text='Of the input tokens.')),
                ('output_tokens', models.PositiveBigIntegerField(default=0)),
                ('is_estimate', models.BooleanField(default=False, help_text='Whether the server left some uncounted.')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='model_uses', to='interviews.session')),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('session', 'purpose', 'model'), name='one_use_per_purpose')],
            },
        ),
    ]
