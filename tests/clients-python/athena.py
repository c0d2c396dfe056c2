"""boto3 as PyAthena uses it: start, poll, page, read the CSV from the bucket; workgroups, kept queries, limits, stop."""
import csv
import io
import os
import time
import uuid

import boto3
import botocore.exceptions

endpoint = os.environ["AWS_ENDPOINT_URL"]


def client(name):
    return boto3.client(name, endpoint_url=endpoint, region_name="us-east-1")


athena, s3 = client("athena"), client("s3")
ended = ("SUCCEEDED", "FAILED", "CANCELLED")


def refused(call, code, text, **arguments):
    try:
        call(**arguments)
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == code, error.response
        assert text in error.response["Error"]["Message"], error.response
        return error.response
    raise AssertionError(f"{text} was not refused")


def start(sql, **arguments):
    arguments.setdefault("WorkGroup", "boto")
    return athena.start_query_execution(QueryString=sql, **arguments)["QueryExecutionId"]


def wait(identifier):
    while True:
        execution = athena.get_query_execution(QueryExecutionId=identifier)["QueryExecution"]
        if execution["Status"]["State"] in ended:
            return execution
        time.sleep(0.02)


def rows(identifier, size=1000):
    pages = athena.get_paginator("get_query_results").paginate(
        QueryExecutionId=identifier, PaginationConfig={"PageSize": size})
    return [[datum.get("VarCharValue") for datum in row["Data"]] for page in pages for row in page["ResultSet"]["Rows"]]


def content(location):
    bucket, key = location.removeprefix("s3://").split("/", 1)
    return s3.get_object(Bucket=bucket, Key=key)["Body"].read()


s3.create_bucket(Bucket="boto-results")
athena.create_work_group(
    Name="boto", Description="of the test", Tags=[{"Key": "team", "Value": "a"}],
    Configuration={
        "ResultConfiguration": {"OutputLocation": "s3://boto-results/own/"},
        "EnforceWorkGroupConfiguration": True,
        "BytesScannedCutoffPerQuery": 50_000_000,
    })
group = athena.get_work_group(WorkGroup="boto")["WorkGroup"]
assert group["State"] == "ENABLED" and group["Configuration"]["EnforceWorkGroupConfiguration"]
assert "boto" in [found["Name"] for found in athena.list_work_groups()["WorkGroups"]]
arn = "arn:aws:athena:us-east-1:000000000000:workgroup/boto"
athena.tag_resource(ResourceARN=arn, Tags=[{"Key": "stage", "Value": "b"}])
athena.untag_resource(ResourceARN=arn, TagKeys=["team"])
assert athena.list_tags_for_resource(ResourceARN=arn)["Tags"] == [{"Key": "stage", "Value": "b"}]

# Typed columns, the header, NULL against "", and the same in the object that PyAthena's pandas cursor reads.
one = wait(start(
    "SELECT 1 AS i, 'a\"b' AS t, CAST(NULL AS varchar) AS n, '' AS e, CAST(1.5 AS decimal(5, 2)) AS d, "
    "DATE '2026-11-23' AS day, true AS b, ARRAY[1, 2] AS a"))
assert one["Status"]["State"] == "SUCCEEDED", one["Status"]
assert one["ResultConfiguration"]["OutputLocation"] == f"s3://boto-results/own/{one['QueryExecutionId']}.csv"
assert one["EngineVersion"]["EffectiveEngineVersion"] == "Athena engine version 3"
answer = athena.get_query_results(QueryExecutionId=one["QueryExecutionId"])
columns = answer["ResultSet"]["ResultSetMetadata"]["ColumnInfo"]
assert [(c["Name"], c["Type"], c["Precision"], c["Scale"]) for c in columns][4] == ("d", "decimal", 5, 2), columns
assert [c["Type"] for c in columns][:1] == ["integer"] and columns[1]["CaseSensitive"], columns
assert rows(one["QueryExecutionId"]) == [
    ["i", "t", "n", "e", "d", "day", "b", "a"], ["1", 'a"b', None, "", "1.50", "2026-11-23", "true", "[1, 2]"]]
text = content(one["ResultConfiguration"]["OutputLocation"]).decode()
assert text == '"i","t","n","e","d","day","b","a"\n"1","a""b",,"","1.50","2026-11-23","true","[1, 2]"\n', text
assert content(one["ResultConfiguration"]["OutputLocation"] + ".metadata").startswith(b"\x0a\x24")

# 2,500 rows: pages of 1,000 with the header in the first, and once each in the object.
many = start("SELECT a * 100 + b FROM UNNEST(sequence(0, 24)) AS x (a) CROSS JOIN UNNEST(sequence(0, 99)) AS y (b) ORDER BY 1")
execution = wait(many)
first = athena.get_query_results(QueryExecutionId=many)
assert len(first["ResultSet"]["Rows"]) == 1000 and "NextToken" in first
assert [int(row[0]) for row in rows(many)[1:]] == list(range(2500))
read = list(csv.reader(io.StringIO(content(execution["ResultConfiguration"]["OutputLocation"]).decode())))
assert [int(row[0]) for row in read[1:]] == list(range(2500))
statistics = athena.get_query_runtime_statistics(QueryExecutionId=many)["QueryRuntimeStatistics"]
assert statistics["Rows"]["OutputRows"] == 2500, statistics

# Parameters, idempotence, reuse.
bound = start("SELECT ? + 1 AS n, ? AS t", ExecutionParameters=["41", "'it''s'"])
assert wait(bound)["Status"]["State"] == "SUCCEEDED", wait(bound)["Status"]
assert rows(bound)[1] == ["42", "it's"], rows(bound)
token = uuid.uuid4().hex
assert start("SELECT 7", ClientRequestToken=token) == start("SELECT 7", ClientRequestToken=token)
refused(start, "InvalidRequestException", "token", sql="SELECT 8", ClientRequestToken=token)
reuse = {"ResultReuseByAgeConfiguration": {"Enabled": True, "MaxAgeInMinutes": 60}}
wait(start("SELECT 'reused' AS x", ResultReuseConfiguration=reuse))
again = wait(start("SELECT 'reused' AS x", ResultReuseConfiguration=reuse))
assert again["Statistics"]["ResultReuseInformation"]["ReusedPreviousResult"], again["Statistics"]
assert rows(again["QueryExecutionId"]) == [["x"], ["reused"]]

# Failures in Athena's form.
malformed = refused(start, "InvalidRequestException", "line 1:1", sql="SELEC 1")
assert malformed["AthenaErrorCode"] == "MALFORMED_QUERY", malformed
failed = wait(start("SELECT * FROM absent"))["Status"]
assert failed["State"] == "FAILED" and failed["AthenaError"]["ErrorType"] == 1301, failed
assert failed["StateChangeReason"].startswith("TABLE_NOT_FOUND: line 1:15"), failed
refused(athena.get_query_results, "InvalidRequestException", "FAILED", QueryExecutionId=wait(start("SELECT 1 / 0"))["QueryExecutionId"])
refused(athena.get_query_execution, "InvalidRequestException", "not found", QueryExecutionId=str(uuid.uuid4()))

# Stop.
endless = start(
    "SELECT count(*) FROM UNNEST(sequence(1, 10000)) AS a (x) CROSS JOIN UNNEST(sequence(1, 10000)) AS b (y) "
    "CROSS JOIN UNNEST(sequence(1, 10000)) AS c (z) WHERE sin(x + y + z) > 2")
while athena.get_query_execution(QueryExecutionId=endless)["QueryExecution"]["Status"]["State"] != "RUNNING":
    time.sleep(0.02)
time.sleep(0.2)
before = time.monotonic()
athena.stop_query_execution(QueryExecutionId=endless)
took = time.monotonic() - before
assert wait(endless)["Status"]["State"] == "CANCELLED"

# Kept queries and prepared statements.
named = athena.create_named_query(Name="n", Database="default", QueryString="SELECT 1", WorkGroup="boto")["NamedQueryId"]
assert athena.list_named_queries(WorkGroup="boto")["NamedQueryIds"] == [named]
assert athena.batch_get_named_query(NamedQueryIds=[named])["NamedQueries"][0]["QueryString"] == "SELECT 1"
athena.create_prepared_statement(StatementName="p1", WorkGroup="boto", QueryStatement="SELECT ? AS x")
assert athena.list_prepared_statements(WorkGroup="boto")["PreparedStatements"][0]["StatementName"] == "p1"
refused(athena.get_prepared_statement, "ResourceNotFoundException", "p2", StatementName="p2", WorkGroup="boto")

# The catalog, and what is refused by name.
assert athena.list_data_catalogs()["DataCatalogsSummary"] == [{"CatalogName": "AwsDataCatalog", "Type": "GLUE"}]
assert "default" in [d["Name"] for d in athena.list_databases(CatalogName="AwsDataCatalog")["DatabaseList"]]
tables = athena.list_table_metadata(CatalogName="AwsDataCatalog", DatabaseName="raw")["TableMetadataList"]
assert "scores" in [table["Name"] for table in tables], tables
refused(athena.get_table_metadata, "MetadataException", "absent", CatalogName="AwsDataCatalog", DatabaseName="raw", TableName="absent")
refused(athena.create_data_catalog, "UnknownOperationException", "AwsDataCatalog", Name="x", Type="GLUE")

# A workgroup that is disabled, and its end.
athena.update_work_group(WorkGroup="boto", State="DISABLED")
refused(start, "InvalidRequestException", "disabled", sql="SELECT 1")
refused(athena.delete_work_group, "InvalidRequestException", "not empty", WorkGroup="boto")
athena.delete_work_group(WorkGroup="boto", RecursiveDeleteOption=True)
refused(athena.get_work_group, "InvalidRequestException", "boto", WorkGroup="boto")

print("boto3: athena ok, a query stopped in %d ms" % (took * 1000) if os.environ.get("TARN_SHOW") else "boto3: athena ok")
