from django.db import models


class Thing(models.Model):
    name = models.CharField(max_length=50)
    in_stock = models.BooleanField(default=False)
