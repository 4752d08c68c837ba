#!/usr/bin/env python3
"""Baseline for acts and reads: what a team would write today with Django REST framework on SQLite, in one file.

A customer of twelve fields; creating one checks the numbers and writes an audit row in the same durable transaction; reading
one checks the token, checks that the reader's departments include the customer's, masks, and writes an audit row.
It seals nothing and chains nothing, which favours it.

    app.py INTAKE.csv COUNT     makes the database of COUNT customers, and keys.csv with good numbers that are not in it
Environment: DRF_FOLDER, the folder of database and keys. Served by gunicorn as `app:application`.
"""
import csv
import os
import re
import sys
from itertools import islice

import django
from django.conf import settings

FOLDER = os.environ["DRF_FOLDER"]
DATABASE = os.path.join(FOLDER, "drf.sqlite")
TOKEN = "t" * 40

settings.configure(
    SECRET_KEY="bench" * 10, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, USE_TZ=True, LOGGING_CONFIG=None,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "rest_framework", "rest_framework.authtoken"],
    DATABASES={"default": {
        "ENGINE": "django.db.backends.sqlite3", "NAME": DATABASE, "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }},
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    },
)
django.setup()

from django.contrib.auth.models import Group, Permission, User  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework import generics, permissions, serializers  # noqa: E402
from rest_framework.authtoken.models import Token  # noqa: E402
from stdnum import luhn  # noqa: E402
from stdnum.cn import ric  # noqa: E402


class Customer(models.Model):
    name = models.CharField(max_length=60, db_index=True)
    sex = models.CharField(max_length=1)
    birth_date = models.DateField()
    document_number = models.CharField(max_length=18, db_index=True)
    mobile = models.CharField(max_length=11, db_index=True)
    bank_account = models.CharField(max_length=19, db_index=True)
    address = models.CharField(max_length=200)
    agent_no = models.CharField(max_length=7, db_index=True)
    department = models.CharField(max_length=10, default="d1")
    state = models.CharField(max_length=10, default="verified")
    note = models.CharField(max_length=400, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label, db_table = "auth", "customer"


class Audit(models.Model):
    at = models.DateTimeField(auto_now_add=True)
    user_id = models.IntegerField()
    action = models.CharField(max_length=10)
    customer_id = models.BigIntegerField()

    class Meta:
        app_label, db_table = "auth", "audit"


class OwnDepartment(permissions.BasePermission):
    def has_object_permission(self, request, view, customer):
        return customer.department in request.user.last_name.split()


class CustomerSerializer(serializers.ModelSerializer):
    class Meta:
        model, fields = Customer, "__all__"

    def validate_document_number(self, value):
        if not ric.is_valid(value):
            raise serializers.ValidationError("not a resident number")
        return value

    def validate_bank_account(self, value):
        if not luhn.is_valid(value):
            raise serializers.ValidationError("not an account number")
        return value

    def validate_mobile(self, value):
        if not re.fullmatch(r"1[3-9]\d{9}", value):
            raise serializers.ValidationError("not a mobile number")
        return value

    def to_representation(self, customer):
        shown = super().to_representation(customer)
        for field, start in (("document_number", 6), ("mobile", 3), ("bank_account", 0)):
            value = shown[field]
            shown[field] = value[:start] + "*" * (len(value) - start - 4) + value[-4:]
        return shown


class ReadCustomer(generics.RetrieveAPIView):
    queryset, serializer_class = Customer.objects.all(), CustomerSerializer
    permission_classes = [permissions.IsAuthenticated, OwnDepartment]

    def retrieve(self, request, *arguments, **keywords):
        response = super().retrieve(request, *arguments, **keywords)
        Audit.objects.create(user_id=request.user.pk, action="read", customer_id=response.data["id"])
        return response


class CreateCustomer(generics.CreateAPIView):
    serializer_class = CustomerSerializer

    def perform_create(self, serializer):
        with transaction.atomic():
            customer = serializer.save()
            Audit.objects.create(user_id=self.request.user.pk, action="create", customer_id=customer.pk)


urlpatterns = [path("customers/<int:pk>", ReadCustomer.as_view()), path("customers", CreateCustomer.as_view())]
application = get_wsgi_application()


def fill(intake, count):
    """Makes tables, a user with a token, COUNT customers from good applicants of the intake file, and keys.csv from the next."""
    with connection.schema_editor() as schema:
        for model in (ContentType, Permission, Group, User, Token, Customer, Audit):
            schema.create_model(model)
    user = User.objects.create_user("bench", last_name="d1 d2")
    Token.objects.create(user=user, key=TOKEN)
    with open(intake, encoding="utf-8", newline="") as file:
        good = (row for row in csv.DictReader(file) if row["role"] == "applicant" and is_good(row))
        customers = (
            Customer(**{field: row[field] for field in (
                "name", "sex", "birth_date", "document_number", "mobile", "bank_account", "address", "agent_no")})
            for row in islice(good, count))
        with transaction.atomic():
            Customer.objects.bulk_create(customers, batch_size=2000)
        with open(os.path.join(FOLDER, "keys.csv"), "w") as keys:
            for row in islice((row for row in good if ric.is_valid(row["document_number"])), 5000):
                keys.write(f"{row['document_number']},{row['mobile']},{row['bank_account']}\n")
    print(Customer.objects.count())


def is_good(row):
    number = row["document_number"]
    return (
        row["name"] and row["sex"] and row["address"]
        and re.fullmatch(r"[1-6]\d{16}[\dX]", number) and ric.calc_check_digit(number) == number[17]
        and re.fullmatch(r"1[3-9]\d{9}", row["mobile"]) and luhn.is_valid(row["bank_account"])
        and re.fullmatch(r"19\d\d-\d\d-\d\d", row["birth_date"]) and row["birth_date"] != "1980-02-30")


if __name__ == "__main__":
    fill(sys.argv[1], int(sys.argv[2]))
