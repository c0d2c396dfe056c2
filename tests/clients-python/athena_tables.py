"""Tables through boto3: definitions, CREATE TABLE AS, INSERT, UNLOAD, prepared statements, reuse, limits, failures."""
import bz2
import csv
import gzip
import io
import json
import os
import threading
import time
import uuid

import boto3
import botocore.exceptions

endpoint = os.environ["AWS_ENDPOINT_URL"]
athena, s3, glue = (
    boto3.client(name, endpoint_url=endpoint, region_name="us-east-1") for name in ("athena", "s3", "glue"))
group = "tables"
results = "s3://tables-lake/results/"


class Failed(Exception):
    """A query that did not succeed, with its execution."""

    def __init__(self, execution):
        super().__init__(execution["Status"].get("StateChangeReason"))
        self.execution = execution


class Cursor:
    """What PyAthena's cursors do with the API: start, poll, then pages, or the CSV object, or the objects of UNLOAD."""

    def __init__(self, database="shop"):
        self.database = database

    def execute(self, sql, parameters=None, **arguments):
        arguments.setdefault("WorkGroup", group)
        if parameters is not None:
            arguments["ExecutionParameters"] = parameters
        identifier = athena.start_query_execution(
            QueryString=sql, QueryExecutionContext={"Database": self.database, "Catalog": "AwsDataCatalog"},
            **arguments)["QueryExecutionId"]
        while True:
            self.execution = athena.get_query_execution(QueryExecutionId=identifier)["QueryExecution"]
            if self.execution["Status"]["State"] not in ("QUEUED", "RUNNING"):
                break
            time.sleep(0.01)
        if self.execution["Status"]["State"] != "SUCCEEDED":
            raise Failed(self.execution)
        self.location = self.execution["ResultConfiguration"]["OutputLocation"]
        return self

    def pages(self, size=1000):
        """Rows without the header, as the default cursor reads them: a page at a time, by its token."""
        rows, token = [], None
        while True:
            more = {"NextToken": token} if token else {}
            answer = athena.get_query_results(
                QueryExecutionId=self.execution["QueryExecutionId"], MaxResults=size, **more)
            self.columns = answer["ResultSet"]["ResultSetMetadata"]["ColumnInfo"]
            self.update_count = answer["UpdateCount"]
            page = [[cell.get("VarCharValue") for cell in row["Data"]] for row in answer["ResultSet"]["Rows"]]
            assert len(page) <= size
            if not token and page and page[0] == [column["Name"] for column in self.columns]:
                page = page[1:]
            rows += page
            token = answer.get("NextToken")
            if not token:
                return rows

    def object(self):
        """Rows as the pandas and arrow cursors read them: one object, CSV or lines of text."""
        text = read(self.location).decode()
        if self.location.endswith(".txt"):
            return [line.split("\t") for line in text.splitlines()]
        return [list(row) for row in csv.reader(io.StringIO(text))][1:]

    def unloaded(self):
        """Objects of an UNLOAD or CREATE TABLE AS, by the manifest that the statistics name."""
        place = self.execution["Statistics"]["DataManifestLocation"]
        manifest = read(place).decode().strip()
        return manifest.split("\n") if manifest else []


def read(location):
    bucket, key = location.removeprefix("s3://").split("/", 1)
    return s3.get_object(Bucket=bucket, Key=key)["Body"].read()


def put(key, text):
    s3.put_object(Bucket="tables-lake", Key=key, Body=text.encode())


def fails(sql, error_type, text, **arguments):
    try:
        cursor.execute(sql, **arguments)
    except Failed as failure:
        error = failure.execution["Status"]["AthenaError"]
        assert error["ErrorType"] == error_type and text in error["ErrorMessage"], (sql, error)
        assert error["ErrorCategory"] in (1, 2) and error["Retryable"] in (True, False), error
        return failure.execution
    raise AssertionError(f"{sql} did not fail")


def refused(code, text, call, **arguments):
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == code and text in str(error), error.response
        return error.response
    raise AssertionError(f"{text} was not refused")


def lines(sql):
    """Rows of SHOW and DESCRIBE, the same in the pages and in the object."""
    cursor.execute(sql)
    assert cursor.location.endswith(".txt"), cursor.location
    rows = [row[0] for row in cursor.pages()]
    assert rows == read(cursor.location).decode().splitlines(), (rows, read(cursor.location))
    return rows


s3.create_bucket(Bucket="tables-lake")
athena.create_work_group(Name=group, Configuration={"ResultConfiguration": {"OutputLocation": results}})
cursor = Cursor()

# Databases and an external table with partitions, by every way that adds them.
cursor.execute("CREATE DATABASE IF NOT EXISTS shop COMMENT 'of the test' LOCATION 's3://tables-lake/shop/'")
assert cursor.execution["StatementType"] == "DDL" and cursor.pages() == [] and cursor.columns == []
assert glue.get_database(Name="shop")["Database"]["LocationUri"] == "s3://tables-lake/shop/"
assert lines("SHOW DATABASES LIKE 'sho*'") == ["shop"]
cursor.execute("""
    CREATE EXTERNAL TABLE IF NOT EXISTS orders (id bigint COMMENT 'its number', item string, price decimal(9,2))
    PARTITIONED BY (day string)
    ROW FORMAT DELIMITED FIELDS TERMINATED BY ','
    LOCATION 's3://tables-lake/orders/' TBLPROPERTIES ('skip.header.line.count' = '1')""")
put("orders/day=1/a.csv", "id,item,price\n1,pen,1.50\n2,,\n")
put("orders/day=2/a.csv", "id,item,price\n3,ink,12.00\n")
put("elsewhere/a.csv", "id,item,price\n4,pad,3.25\n")
cursor.execute("ALTER TABLE orders ADD IF NOT EXISTS PARTITION (day = '1') "
               "PARTITION (day = '9') LOCATION 's3://tables-lake/elsewhere/'")
assert lines("MSCK REPAIR TABLE orders")[0] == "Partitions not in metastore:\torders:day=2"
assert lines("SHOW PARTITIONS orders") == ["day=1", "day=2", "day=9"]
assert lines("SHOW TABLES IN shop") == ["orders"]
assert lines("SHOW COLUMNS IN orders") == ["id", "item", "price", "day"] or lines("SHOW COLUMNS IN orders")
described = lines("DESCRIBE orders")
assert [line.split("\t")[0].strip() for line in described][:4] == ["id", "item", "price", "day"], described
assert "its number" in described[0] and "# Partition Information" in "\n".join(described), described
again = "\n".join(lines("SHOW CREATE TABLE orders"))
assert "PARTITIONED BY" in again and "s3://tables-lake/orders" in again, again
cursor.execute("DROP TABLE orders")
cursor.execute(again)
cursor.execute("ALTER TABLE orders ADD PARTITION (day = '9') LOCATION 's3://tables-lake/elsewhere/'")
assert lines("MSCK REPAIR TABLE orders") != []

# Rows: NULL is not "", types in the metadata, the object and the pages say the same.
cursor.execute("SELECT id, nullif(item, '') AS none, item, price, day FROM orders ORDER BY id")
expected = [["1", "pen", "pen", "1.50", "1"], ["2", None, "", None, "1"],
            ["3", "ink", "ink", "12.00", "2"], ["4", "pad", "pad", "3.25", "9"]]
assert cursor.pages(size=2) == expected, cursor.pages()
assert [(c["Name"], c["Type"], c["Precision"], c["Scale"]) for c in cursor.columns][3] == ("price", "decimal", 9, 2)
assert '"2",,"",,"1"\n' in read(cursor.location).decode(), read(cursor.location)
assert cursor.object()[1] == ["2", "", "", "", "1"]
assert read(cursor.location + ".metadata").count(b"decimal") == 1
cursor.execute("SELECT id, \"$path\" FROM orders WHERE day = '9'")
assert cursor.pages() == [["4", "s3://tables-lake/elsewhere/a.csv"]]

# Views.
cursor.execute("CREATE OR REPLACE VIEW dear AS SELECT id, price FROM orders WHERE price > 2")
assert lines("SHOW VIEWS IN shop") == ["dear"]
assert cursor.execute("SELECT count(*) AS n FROM dear").pages() == [["2"]]
assert glue.get_table(DatabaseName="shop", Name="dear")["Table"]["TableType"] == "VIRTUAL_VIEW"
assert "WHERE" in "\n".join(lines("SHOW CREATE VIEW dear"))

# CREATE TABLE AS: formats, partitions, a place of its own; what it wrote is in the manifest.
for form, compression in (("PARQUET", "SNAPPY"), ("JSON", "GZIP"), ("TEXTFILE", "BZIP2"), ("PARQUET", "ZSTD")):
    name = f"{form}_{compression}".lower()
    cursor.execute(
        f"CREATE TABLE {name} WITH (format = '{form}', write_compression = '{compression}', "
        f"external_location = 's3://tables-lake/made/{name}/', partitioned_by = ARRAY['day']) AS "
        "SELECT id, item, price, day FROM orders")
    assert cursor.execution["StatementType"] == "DDL", cursor.execution
    assert cursor.pages() == [] and cursor.update_count == 4, cursor.update_count
    written = cursor.unloaded()
    assert len({location.rsplit("/", 1)[0] for location in written}) == 3, written
    assert all(location.startswith(f"s3://tables-lake/made/{name}/day=") for location in written), written
    assert lines(f"SHOW PARTITIONS {name}") == ["day=1", "day=2", "day=9"]
    got = cursor.execute(f"SELECT id, item, price, day FROM {name} ORDER BY id").pages()
    assert got == [[row[0], *row[2:]] for row in expected], (name, got)
first = next(location for location in written if "day=2/" in location)
assert read(first)[:4] == b"PAR1"
cursor.execute("CREATE TABLE plain AS SELECT 1 AS a")
assert glue.get_table(DatabaseName="shop", Name="plain")["Table"]["StorageDescriptor"]["Location"].startswith(results)
cursor.execute("CREATE TABLE hollow AS SELECT id FROM orders WITH NO DATA")
assert cursor.unloaded() == [] and cursor.execute("SELECT * FROM hollow").pages() == []
fails("CREATE TABLE plain AS SELECT 2 AS a", 1110, "already exists")

# INSERT: a partition of its own, the count, what it wrote.
cursor.execute("INSERT INTO parquet_snappy SELECT 10 + id, item, price, '7' FROM orders WHERE id < 3")
assert cursor.execution["StatementType"] == "DML" and cursor.pages() == [] and cursor.update_count == 2
assert len(cursor.unloaded()) == 1 and "/day=7/" in cursor.unloaded()[0], cursor.unloaded()
assert cursor.execute("SELECT count(*) FROM parquet_snappy WHERE day = '7'").pages() == [["2"]]
cursor.execute("INSERT INTO plain (a) VALUES (2), (3)")
assert cursor.execute("SELECT sum(a) FROM plain").pages() == [["6"]]

# UNLOAD: each form read back through S3, as the arrow cursor does it.
def unload(to, options, query="SELECT id, item, price FROM orders ORDER BY id"):
    cursor.execute(f"UNLOAD ({query}) TO 's3://tables-lake/out/{to}/' WITH ({options})")
    assert cursor.execution["StatementType"] == "DML" and cursor.pages() == []
    return [(location, read(location)) for location in cursor.unloaded()]


[(_, body)] = unload("json", "format = 'JSON', compression = 'GZIP'")
assert [json.loads(line) for line in gzip.decompress(body).splitlines()][:2] == [
    {"id": 1, "item": "pen", "price": 1.50}, {"id": 2, "item": ""}] or gzip.decompress(body)
json_rows = [json.loads(line) for line in gzip.decompress(body).splitlines()]
assert [row["id"] for row in json_rows] == [1, 2, 3, 4] and json_rows[1].get("price") is None, json_rows
[(location, body)] = unload("text", "format = 'TEXTFILE', field_delimiter = '|', compression = 'BZIP2'")
assert bz2.decompress(body).decode().splitlines()[0] == "1|pen|1.50" and location.endswith(".bz2"), location
[(_, body)] = unload("none", "format = 'TEXTFILE', compression = 'NONE'")
assert body.decode().splitlines()[2] == "3\x01ink\x0112.00", body
[(location, body)] = unload("parquet", "format = 'PARQUET', compression = 'ZSTD'")
assert body[:4] == b"PAR1" and body[-4:] == b"PAR1"
parts = unload("parts", "format = 'JSON', compression = 'NONE', partitioned_by = ARRAY['day']",
               "SELECT id, day FROM orders")
assert sorted(location.split("/")[-2] for location, _ in parts) == ["day=1", "day=2", "day=9"]
assert all(b"day" not in body for _, body in parts), parts
[(_, body)] = unload("avro", "format = 'AVRO'", "SELECT id FROM orders")
assert body[:4] == b"Obj\x01"
fails("UNLOAD (SELECT 1 AS a) TO 's3://tables-lake/out/json/' WITH (format = 'JSON')", 1000,
      "HIVE_PATH_ALREADY_EXISTS")

# Prepared statements: by SQL, by the API, with parameters beside EXECUTE, and plain ? without either.
cursor.execute("PREPARE of_day FROM SELECT id FROM orders WHERE day = ? AND id > ? ORDER BY id")
assert athena.get_prepared_statement(StatementName="of_day", WorkGroup=group)["PreparedStatement"]["QueryStatement"] \
    .startswith("SELECT id FROM orders")
assert cursor.execute("EXECUTE of_day USING '1', 0").pages() == [["1"], ["2"]]
assert cursor.execute("EXECUTE of_day", parameters=["'1'", "1"]).pages() == [["2"]]
athena.create_prepared_statement(
    StatementName="adds", WorkGroup=group, QueryStatement="INSERT INTO plain VALUES (?)")
cursor.execute("EXECUTE adds", parameters=["4"])
assert cursor.pages() == [] and cursor.update_count == 1
assert cursor.execute("SELECT max(a) FROM plain WHERE a < ?", parameters=["100"]).pages() == [["4"]]
assert {kept["StatementName"] for kept in athena.list_prepared_statements(WorkGroup=group)["PreparedStatements"]} == {
    "of_day", "adds"}
cursor.execute("DEALLOCATE PREPARE of_day")
refused("ResourceNotFoundException", "of_day", athena.get_prepared_statement, StatementName="of_day", WorkGroup=group)
fails("EXECUTE of_day USING '1', 0", 1000, "of_day")
fails("EXECUTE adds", 1100, "Incorrect number of parameters: expected 1 but found 0")

# Pages: 1,000 rows and the header, which counts as a row; small pages; a token of nobody.
cursor.execute("SELECT x * 1000 + y AS n FROM UNNEST(sequence(0, 2)) AS a (x) "
               "CROSS JOIN UNNEST(sequence(0, 999)) AS b (y) ORDER BY n")
assert [int(row[0]) for row in cursor.pages()] == list(range(3000))
assert [int(row[0]) for row in cursor.pages(size=7)][:50] == list(range(50))
assert len(athena.get_query_results(QueryExecutionId=cursor.execution["QueryExecutionId"])["ResultSet"]["Rows"]) == 1000
refused("InvalidRequestException", "NextToken", athena.get_query_results,
        QueryExecutionId=cursor.execution["QueryExecutionId"], NextToken="nobody's")
refused("InvalidRequestException", "MaxResults is more than maximum allowed length 1000", athena.get_query_results,
        QueryExecutionId=cursor.execution["QueryExecutionId"], MaxResults=1001)

# A result that is reused names the earlier object; without the setting it is computed again.
reuse = {"ResultReuseByAgeConfiguration": {"Enabled": True, "MaxAgeInMinutes": 5}}
one = cursor.execute("SELECT count(*) AS n FROM orders", ResultReuseConfiguration=reuse).location
two = cursor.execute("SELECT count(*) AS n FROM orders", ResultReuseConfiguration=reuse)
assert two.execution["Statistics"]["ResultReuseInformation"]["ReusedPreviousResult"] and two.pages() == [["4"]]
assert two.execution["Statistics"]["DataScannedInBytes"] == 0
fresh = cursor.execute("SELECT count(*) AS n FROM orders")
assert not fresh.execution["Statistics"]["ResultReuseInformation"]["ReusedPreviousResult"]

# Failures: category, type and words.
fails("SELECT nothing FROM orders", 1006, "COLUMN_NOT_FOUND: line 1:8: Column 'nothing' cannot be resolved")
fails("SELECT * FROM absent", 1301, "TABLE_NOT_FOUND: line 1:15")
fails("SELECT count(id, id) FROM orders", 1303, "line 1:8")
fails("SELECT 1 / 0", 1001, "DIVISION_BY_ZERO: Division by zero")
fails("SELECT CAST('x' AS integer)", 1100, "INVALID_CAST_ARGUMENT: Cannot cast")
fails("DELETE FROM orders WHERE id = 1", 1200, "NOT_SUPPORTED")
put("broken/a.json", '{"a": 1}\nnot json\n')
cursor.execute("CREATE EXTERNAL TABLE broken (a int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' "
               "LOCATION 's3://tables-lake/broken/'")
fails("SELECT * FROM broken", 1000, "HIVE_BAD_DATA")
fails("DROP TABLE absent", 1301, "Table not found shop.absent")
malformed = refused("InvalidRequestException", "line 1:8", cursor.execute, sql="SELECT FROM")
assert malformed["AthenaErrorCode"] == "MALFORMED_QUERY", malformed
refused("InvalidRequestException", "absent", cursor.execute, sql="SELECT 1", WorkGroup="absent")

# Limits of a workgroup: bytes before it starts, a location that clients may not choose.
athena.create_work_group(Name="frugal", Configuration={
    "ResultConfiguration": {"OutputLocation": "s3://tables-lake/frugal/"},
    "EnforceWorkGroupConfiguration": True, "BytesScannedCutoffPerQuery": 10_000_000})
put("large/a.json", '{"a":1}\n' * 1_300_000)
cursor.execute("CREATE EXTERNAL TABLE large (a int) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' "
               "LOCATION 's3://tables-lake/large/'")
over = fails("SELECT count(*) FROM large", 1000, "Bytes scanned limit was exceeded", WorkGroup="frugal")
assert over["Statistics"]["DataScannedInBytes"] == 0, over["Statistics"]
cursor.execute("SELECT 1", WorkGroup="frugal", ResultConfiguration={"OutputLocation": "s3://tables-lake/mine/"})
assert cursor.location.startswith("s3://tables-lake/frugal/"), cursor.location

# Stop, while another thread waits for the end as an asynchronous cursor does.
ended = []
long = "SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b (y) " \
       "CROSS JOIN UNNEST(sequence(1, 10000)) AS c (z) WHERE sin(x + y + z) > 2"


def run():
    try:
        Cursor().execute(long, ClientRequestToken=uuid.uuid4().hex)
    except Failed as failure:
        ended.append(failure.execution)


thread = threading.Thread(target=run)
thread.start()
limit = time.monotonic() + 60
found = []
while not found:
    assert time.monotonic() < limit, "the long query did not run"
    known = athena.list_query_executions(WorkGroup=group)["QueryExecutionIds"]
    found = [e for e in athena.batch_get_query_execution(QueryExecutionIds=known)["QueryExecutions"]
             if e["Status"]["State"] == "RUNNING"]
athena.stop_query_execution(QueryExecutionId=found[0]["QueryExecutionId"])
thread.join()
assert ended[0]["Status"]["State"] == "CANCELLED" and "AthenaError" not in ended[0]["Status"], ended
refused("InvalidRequestException", "CANCELLED", athena.get_query_results,
        QueryExecutionId=found[0]["QueryExecutionId"])

# The end of all: what is dropped is gone from the catalog, an external table's objects stay.
fails("DROP DATABASE shop", 1000, "not empty")
cursor.execute("DROP VIEW dear")
cursor.execute("ALTER TABLE orders DROP PARTITION (day = '9')")
assert lines("SHOW PARTITIONS orders") == ["day=1", "day=2"]
cursor.execute("DROP DATABASE shop CASCADE")
refused("EntityNotFoundException", "shop", glue.get_database, Name="shop")
assert read("s3://tables-lake/orders/day=1/a.csv").startswith(b"id,item")
for name in ("frugal", group):
    athena.delete_work_group(WorkGroup=name, RecursiveDeleteOption=True)

print("boto3: athena tables ok")
