"""Names of tables: made from paths, found again as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentia_fabric.toolserver.errors import NotFound
from agentia_tables.names import Named, name_for, pick, quoted, unique
from agentia_tables.statement import Grammar

TABLES = [
    Named("sales", "sales.csv", None),
    Named("shop_items", "data/shop.sqlite3", "items"),
    Named("old_sales", "old/sales.parquet", None),
    Named("q1_results", "Q1 results.csv", None),
]


@pytest.mark.parametrize(
    ("path", "inner", "name"),
    [
        ("sales.csv", None, "sales"),
        ("a/Sales 2025 (new).csv", None, "sales_2025_new"),
        ("2025.csv", None, "t_2025"),
        ("order.csv", None, "order_table"),
        ("---.csv", None, "table_table"),
        ("Größen.csv", None, "größen"),
        ("shop.db", "Order Items", "shop_order_items"),
    ],
)
def test_a_name_can_be_written_in_sql_without_quotes(path: str, inner: str | None, name: str):
    assert name_for(path, inner) == name


def test_names_that_are_taken_get_folder_ending_or_number():
    assert unique("sales.csv", "sales", []) == "sales"
    assert unique("old/sales.csv", "sales", ["sales"]) == "old_sales"
    assert unique("sales.parquet", "sales", ["sales"]) == "sales_parquet"
    assert unique("sales.csv", "sales", ["sales", "sales_csv"]) == "sales_2"


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("sales", "sales"),
        ("SALES", "sales"),
        ("sales.csv", "sales"),
        ('"sales"', "sales"),
        ("old/sales.parquet", "old_sales"),
        ("items", "shop_items"),
        ("shop.sqlite3", "shop_items"),
        ("shop", "shop_items"),
        ("Q1 results", "q1_results"),
        ("q1-results.csv", "q1_results"),
    ],
)
def test_a_table_is_found_however_it_is_written(wanted: str, name: str):
    assert pick(wanted, TABLES) == name


def test_a_name_that_could_be_several_names_them():
    tables = [Named("a_x", "a.db", "x"), Named("a_y", "a.db", "y")]
    with pytest.raises(NotFound, match="a_x, a_y"):
        pick("a.db", tables)


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(NotFound, match="The nearest: sales"):
        pick("sale", TABLES)


@given(st.text(min_size=1, max_size=20).filter(lambda text: text.strip() != "" and "\0" not in text))
def test_a_quoted_name_is_one_name_to_duckdb(name: str):
    (reference,) = Grammar().statement(f"FROM {quoted(name)}").references
    assert reference == (name,)
