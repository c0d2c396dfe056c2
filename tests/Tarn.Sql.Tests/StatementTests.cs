using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Tests;

/// <summary>What the trees of statements say.</summary>
public sealed class StatementTests
{
    [Fact]
    public void Parse_CreateTable_KeepsEveryClause()
    {
        var create = Parse<Statement.CreateTable>(Corpus.File("definitions.sql").Single(
            text => text.StartsWith("CREATE EXTERNAL TABLE flights", StringComparison.Ordinal)));

        Assert.True(create.IsExternal);
        Assert.False(create.IfNotExists);
        Assert.Equal("flights", create.Table.ToString());
        Assert.Equal(
            "yr quarter month flightdate carrier cancelled",
            string.Join(' ', create.Columns.Select(column => column.Name)));
        Assert.Equal("the day; it's local", create.Columns[3].Comment);
        Assert.Equal("decimal(3,1)", create.Columns[5].Type);
        Assert.Equal("flights of a year", create.Comment);
        Assert.Equal(["year string", "month_of int"], create.PartitionColumns.Select(c => $"{c.Name} {c.Type}"));
        Assert.Equal(8, create.Bucketing!.Count);
        Assert.Equal([("yr", false), ("month", true)], create.Bucketing.SortedBy);
        var format = Assert.IsType<RowFormat.Delimited>(create.RowFormat);
        Assert.Equal((",", "\\"), (format.Fields, format.Escape));
        Assert.Equal(("\u0002", ":"), (format.CollectionItems, format.MapKeys));
        Assert.Equal(("\n", "\\N"), (format.Lines, format.Null));
        Assert.Equal("TEXTFILE", create.StoredAs!.Name);
        Assert.Equal("s3://lake/flights/", create.Location);
        Assert.Equal(
            ["skip.header.line.count=1", "has_encrypted_data=false"],
            create.Properties.Select(pair => $"{pair.Key}={pair.Value}"));
    }

    [Fact]
    public void Parse_SerDe_UnescapesAsHiveDoes()
    {
        var create = Parse<Statement.CreateTable>(
            """
            CREATE EXTERNAL TABLE t (a int) ROW FORMAT SERDE 'x' WITH SERDEPROPERTIES (
              "input.regex" = "^(\\S+) \"([^\"]*)\"\t\%d$", 'b' = 'it\'s')
            """);

        var serDe = Assert.IsType<RowFormat.SerDe>(create.RowFormat);
        Assert.Equal("^(\\S+) \"([^\"]*)\"\t\\%d$", serDe.Properties[0].Value);
        Assert.Equal("it's", serDe.Properties[1].Value);
    }

    [Theory]
    [InlineData("ARRAY<STRUCT<A:INT, b : map<string,DEC(5,1)>>>", "array<struct<a:int,b:map<string,decimal(5,1)>>>")]
    [InlineData("integer", "int")]
    [InlineData("decimal", "decimal(10,0)")]
    [InlineData("decimal(5)", "decimal(5,0)")]
    [InlineData("double precision", "double")]
    [InlineData("struct<`Date`:date comment 'x'>", "struct<date:date>")]
    public void Parse_HiveType_IsCanonical(string type, string expected) => Assert.Equal(
        expected, Parse<Statement.CreateTable>($"CREATE EXTERNAL TABLE t (a {type})").Columns[0].Type);

    [Fact]
    public void Parse_CreateTableAs_KeepsPropertiesAndTables()
    {
        var create = Parse<Statement.CreateTableAs>(
            "CREATE TABLE IF NOT EXISTS lake.t WITH (Format = 'PARQUET', partitioned_by = ARRAY['d']) "
            + "AS SELECT a, d FROM u JOIN lake.v ON u.a = v.a WITH NO DATA");

        Assert.Equal((true, false, "lake.t"), (create.IfNotExists, create.WithData, create.Table.ToString()));
        Assert.Equal(["format", "partitioned_by"], create.Properties.Select(property => property.Name));
        Assert.Equal(["u", "v"], create.Tables.Select(table => table.Parts[^1].Text));
        Assert.IsType<Expression.ArrayOf>(create.Properties[1].Value);
    }

    [Fact]
    public void Parse_ViewAndPrepare_KeepTheTextAsWritten()
    {
        var view = Parse<Statement.CreateView>("CREATE VIEW v AS  SELECT  1 -- one\n AS a ; -- end");
        var prepare = Parse<Statement.Prepare>("PREPARE p FROM select ? /* x */ + 1;");

        Assert.Equal("SELECT  1 -- one\n AS a", view.OriginalText);
        Assert.Equal("select ? /* x */ + 1", prepare.Text);
    }

    [Fact]
    public void Parse_Alter_TellsItsPartitions()
    {
        var add = Parse<Statement.AddPartitions>(
            "ALTER TABLE `my db`.t ADD IF NOT EXISTS PARTITION (D = '1', n = -2) LOCATION 's3://x/' "
            + "PARTITION (d = '2', n = 3)");

        Assert.True(add.IfNotExists);
        Assert.Equal("my db.t", add.Table.ToString());
        Assert.Equal([("d", "1"), ("n", "-2")], add.Partitions[0].Partition.Values);
        Assert.Equal(["s3://x/", null], add.Partitions.Select(partition => partition.Location));
    }

    [Theory]
    [InlineData("CREATE DATABASE d", typeof(Statement.CreateDatabase))]
    [InlineData("create table t as select 1", typeof(Statement.CreateTableAs))]
    [InlineData("create table if not exists a.b with (format = 'ORC') as select 1", typeof(Statement.CreateTableAs))]
    [InlineData("CREATE TABLE t (a int)", typeof(Statement.CreateTable))]
    [InlineData("-- note\nDROP VIEW v", typeof(Statement.DropView))]
    [InlineData("DESC t", typeof(Statement.Describe))]
    [InlineData("DELETE FROM t WHERE a = 1", typeof(Statement.ChangeRows))]
    [InlineData("UPDATE t SET a = 1", typeof(Statement.ChangeRows))]
    [InlineData("MERGE INTO t USING u ON TRUE WHEN MATCHED THEN DELETE", typeof(Statement.ChangeRows))]
    [InlineData("VACUUM t", typeof(Statement.Other))]
    [InlineData("ALTER TABLE t RENAME TO u", typeof(Statement.Other))]
    [InlineData("CREATE MATERIALIZED VIEW v AS SELECT 1", typeof(Statement.Other))]
    [InlineData("USING EXTERNAL FUNCTION f(x int) RETURNS int LAMBDA 'l' SELECT f(1)", typeof(Statement.Other))]
    public void Parse_Statement_IsOfItsKind(string sql, Type expected) =>
        Assert.IsType(expected, SqlParser.Parse(sql));

    [Fact]
    public void Parse_ShowColumns_TakesBothOrders()
    {
        Assert.Equal("d.t", Parse<Statement.ShowColumns>("SHOW COLUMNS FROM d.t").Table.ToString());
        Assert.Equal("d.t", Parse<Statement.ShowColumns>("SHOW COLUMNS IN t IN d").Table.ToString());
    }

    [Fact]
    public void Bind_Values_TakeThePlacesOfTheParameters()
    {
        var select = SqlParser.Parse("SELECT a + ? FROM t WHERE b IN (?, ?) AND c LIKE ? LIMIT ?");
        var values = new[] { "-1", "'x'", "DATE '2026-11-23'", "'it''s%'", "10" }.Select(SqlParser.ParseExpression);

        var bound = SqlParameters.Bind(select, [.. values]);

        Assert.Equal(5, SqlParameters.Count(select));
        Assert.Equal(
            "SELECT a + -1 FROM t WHERE b IN ('x', DATE '2026-11-23') AND c LIKE 'it''s%' LIMIT 10",
            SqlPrinter.Print(bound));
        Assert.Same(((Statement.Select)select).Tables[0], ((Statement.Select)bound).Tables[0]);
    }

    [Theory]
    [InlineData("SELECT ?, ?", new[] { "1" }, "line 1:1: Incorrect number of parameters: expected 2 but found 1")]
    [InlineData("SELECT 1", new[] { "1" }, "line 1:1: Incorrect number of parameters: expected 0 but found 1")]
    [InlineData("SELECT ?", new[] { "a" }, "line 1:1: Constant expression cannot contain column references")]
    [InlineData("SELECT ?", new[] { "(SELECT 1)" }, "line 1:1: Constant expression cannot contain a subquery")]
    public void Bind_Misfits_AreTheUsersError(string sql, string[] values, string expected)
    {
        var failure = Assert.Throws<Primitives.Errors.TarnException>(() =>
            SqlParameters.Bind(SqlParser.Parse(sql), [.. values.Select(SqlParser.ParseExpression)]));

        Assert.Equal(expected, failure.Message);
    }

    [Fact]
    public void Bind_InsertAndUnload_ReachTheirQueries()
    {
        var one = new[] { SqlParser.ParseExpression("1") };

        Assert.Equal(
            "INSERT INTO t SELECT 1",
            SqlPrinter.Print(SqlParameters.Bind(SqlParser.Parse("INSERT INTO t SELECT ?"), one)));
        Assert.Equal(
            "UNLOAD (SELECT 1) TO 's3://x/' WITH (format = 'JSON')",
            SqlPrinter.Print(
                SqlParameters.Bind(SqlParser.Parse("UNLOAD (SELECT ?) TO 's3://x/' WITH (format = 'JSON')"), one)));
    }

    [Fact]
    public void ParseExpression_MoreThanOne_IsRefused()
    {
        var failure = Assert.Throws<Primitives.Errors.TarnException>(() => SqlParser.ParseExpression("1 + 1 x"));

        Assert.StartsWith("line 1:7: mismatched input 'x'.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(SqlType.Integer, Assert.IsType<Expression.Literal>(SqlParser.ParseExpression("42")).Type);
    }

    private static T Parse<T>(string sql) where T : Statement => Assert.IsType<T>(SqlParser.Parse(sql));
}
