from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0002_review_draft'),
    ]

    operations = [
        migrations.AlterField(
            model_name='draw',
            name='design',
            field=models.CharField(choices=[('simple', 'Simple: every conversation has the same chance'), ('stratified', 'By agent: at least so many of each'), ('neyman', 'By agent, more where scores vary more')], default='stratified', max_length=12, verbose_name='design'),
        ),
    ]
