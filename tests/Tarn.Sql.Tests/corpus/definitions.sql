CREATE DATABASE clickstreams

CREATE SCHEMA IF NOT EXISTS `my-db` COMMENT 'all of it' LOCATION 's3://lake/db/' WITH DBPROPERTIES ('creator' = 'Jane D.', 'Dept.' = 'Marketing')

DROP DATABASE clickstreams

DROP SCHEMA IF EXISTS clickstreams CASCADE

DROP DATABASE clickstreams RESTRICT

ALTER DATABASE jd_datasets SET DBPROPERTIES ('creator' = 'John Doe')

ALTER SCHEMA jd_datasets SET DBPROPERTIES ('creator' = 'Jane Doe', "dept" = "x")

CREATE EXTERNAL TABLE IF NOT EXISTS mydatabase.cloudfront_logs (
  `date` DATE, Time STRING, Location STRING, Bytes BIGINT, RequestIP STRING, Method STRING, Host STRING, Uri STRING,
  Status INT, Referrer STRING, os STRING, Browser STRING, BrowserVersion STRING
) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe'
WITH SERDEPROPERTIES (
  "input.regex" = "^(?!#)([^ ]+)\\s+([^ ]+)\\s+([^ ]+)\\s+([^ ]+)[\(]([^\;]+).*\%20([^\/]+)[\/](.*)$"
) LOCATION 's3://athena-examples-myregion/cloudfront/plaintext/'

CREATE EXTERNAL TABLE flights (
  yr INT, quarter INT, month INT, flightdate STRING COMMENT 'the day; it''s local', carrier STRING, cancelled DECIMAL(3, 1)
)
COMMENT 'flights of a year'
PARTITIONED BY (year STRING COMMENT 'four digits', month_of INT)
CLUSTERED BY (carrier) SORTED BY (yr ASC, month DESC) INTO 8 BUCKETS
ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' ESCAPED BY '\\' COLLECTION ITEMS TERMINATED BY '\002' MAP KEYS TERMINATED BY ':' LINES TERMINATED BY '\n' NULL DEFINED AS '\\N'
STORED AS TEXTFILE
LOCATION 's3://lake/flights/'
TBLPROPERTIES ('skip.header.line.count' = '1', 'has_encrypted_data' = 'false')

CREATE EXTERNAL TABLE impressions (
  requestbegintime string, adid string, hostname string,
  nested struct<a:int,b:array<string>,c:map<string,struct<`x-y`:double>>>
) PARTITIONED BY (dt string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES ('paths' = 'requestbegintime,adid', 'ignore.malformed.json' = 'true')
LOCATION 's3://lake/impressions/'

CREATE EXTERNAL TABLE t (a int) ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' STORED AS INPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat' OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat' LOCATION 's3://lake/t/' TBLPROPERTIES ('classification' = 'parquet', 'parquet.compression' = 'SNAPPY')

CREATE EXTERNAL TABLE t (a int) ROW FORMAT SERDE 'x' STORED AS TEXTFILE WITH SERDEPROPERTIES ('k' = 'v') LOCATION 's3://lake/t/'

CREATE EXTERNAL TABLE t (a boolean, b tinyint, c smallint, d int, e integer, f bigint, g double, h float, i decimal, j decimal(5), k char(3), l varchar(20), m string, n binary, o date, p timestamp, q array<int>, r map<string,bigint>, s struct<a:int,b:string comment 'x'>, t double precision) STORED AS PARQUET LOCATION 's3://lake/t/'

CREATE EXTERNAL TABLE t (a int) PARTITIONED BY (day string) STORED AS PARQUET LOCATION 's3://lake/t/' TBLPROPERTIES ('projection.enabled' = 'true', 'projection.day.type' = 'date', 'projection.day.range' = '2021/01/01,NOW', 'projection.day.format' = 'yyyy/MM/dd', 'storage.location.template' = 's3://lake/t/${day}')

CREATE EXTERNAL TABLE t (a int) STORED AS ORC

CREATE TABLE t (a int, b string) LOCATION 's3://lake/t/' TBLPROPERTIES ('table_type' = 'ICEBERG')

DROP TABLE fulfilled_orders

DROP TABLE IF EXISTS `db`.`table-name`

DROP VIEW IF EXISTS orders_by_date

DROP VIEW "lake"."v"

ALTER TABLE orders ADD PARTITION (dt = '2016-05-14', country = 'IN')

ALTER TABLE orders ADD IF NOT EXISTS PARTITION (dt = '2016-05-31', country = 'IN') LOCATION 's3://lake/x/' PARTITION (dt = '2016-06-01', country = 'IN') LOCATION 's3://lake/y/'

ALTER TABLE orders ADD PARTITION (year = 2016, ratio = -1.5, flag = true, day = DATE '2026-01-01')

ALTER TABLE orders DROP PARTITION (dt = '2014-05-14', country = 'IN')

ALTER TABLE orders DROP IF EXISTS PARTITION (dt = '2014-05-14'), PARTITION (dt = '2014-05-15')

ALTER TABLE orders PARTITION (dt = '2014-05-14', country = 'IN') RENAME TO PARTITION (dt = '2014-05-15', country = 'IN')

ALTER TABLE events ADD COLUMNS (eventowner string)

ALTER TABLE events PARTITION (awsregion = 'us-west-2') ADD COLUMNS (eventowner string COMMENT 'who', n int)

ALTER TABLE names REPLACE COLUMNS (first string, last string)

ALTER TABLE example CHANGE COLUMN area zip int AFTER id

ALTER TABLE example CHANGE a b string COMMENT 'renamed' FIRST

ALTER TABLE example PARTITION (d = '1') CHANGE a a bigint

ALTER TABLE t DROP COLUMN a

ALTER TABLE orders SET TBLPROPERTIES ('notes' = 'Please don\'t drop this table.', 'tab' = 'a\tb')

ALTER TABLE customers PARTITION (zip = '98040', state = 'WA') SET LOCATION 's3://lake/custdata/'

ALTER TABLE customers SET LOCATION 's3://lake/custdata/'

MSCK REPAIR TABLE orders

MSCK REPAIR TABLE `lake`.`orders`

SHOW DATABASES

SHOW SCHEMAS LIKE '.*analytics'

SHOW TABLES

SHOW TABLES IN sampledb

SHOW TABLES IN sampledb '*flights*'

SHOW TABLES FROM AwsDataCatalog.sampledb LIKE 'a|b'

SHOW VIEWS

SHOW VIEWS IN marketing_analytics LIKE 'orders*'

SHOW COLUMNS IN orders

SHOW COLUMNS FROM db.orders

SHOW COLUMNS IN orders FROM customers

SHOW PARTITIONS orders

SHOW PARTITIONS db.`orders-x`

SHOW CREATE TABLE orders

SHOW CREATE VIEW orders_by_date

SHOW TBLPROPERTIES orders

SHOW TBLPROPERTIES orders ('notes')

DESCRIBE orders

DESC db.orders

DESCRIBE FORMATTED db.orders

DESCRIBE EXTENDED orders PARTITION (dt = '2026-01-01')

DESCRIBE formatted

DESCRIBE orders items.`$elem$`.price

TRUNCATE TABLE t

GRANT SELECT ON t TO x

SHOW FUNCTIONS

CREATE FUNCTION f() RETURNS int
