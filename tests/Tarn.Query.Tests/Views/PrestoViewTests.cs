using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Query.Views;

namespace Tarn.Query.Tests.Views;

public sealed class PrestoViewTests
{
    [Fact]
    public void Decode_WhatWasEncoded_IsTheSame()
    {
        var view = new PrestoView
        {
            Sql = "SELECT \"Größe\" AS x FROM t WHERE a < 'é'",
            Database = "sales",
            Columns = [new PrestoViewColumn("x", "decimal(10,2)"), new PrestoViewColumn("y", "array(row(a integer))")],
        };

        var decoded = PrestoView.Decode(Of(view.Encode()));

        Assert.Equal((view.Sql, "awsdatacatalog", "sales"), (decoded.Sql, decoded.Catalog, decoded.Database));
        Assert.Equal(view.Columns, decoded.Columns);
    }

    /// <summary>A text as Athena wrote it.</summary>
    [Fact]
    public void Decode_ViewOfAthena_IsRead()
    {
        const string Json = """
            {"originalSql":"SELECT\n  id\nFROM\n  scores\n","catalog":"awsdatacatalog","schema":"default","columns":[
            {"name":"id","type":"bigint"}],"owner":"123","runAsInvoker":false,"comment":null}
            """;
        var text = $"/* Presto View: {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Json))} */";

        var decoded = PrestoView.Decode(Of(text));

        Assert.Equal("SELECT\n  id\nFROM\n  scores\n", decoded.Sql);
        Assert.Equal([new PrestoViewColumn("id", "bigint")], decoded.Columns);
    }

    [Theory]
    [InlineData("SELECT 1")]
    [InlineData("/* Presto View: *** */")]
    [InlineData("/* Presto View: e30= */")]
    [InlineData("/* Presto View: bnVsbA== */")]
    public void Decode_OtherText_IsAnInvalidView(string text)
    {
        var failure = Assert.Throws<TarnException>(() => PrestoView.Decode(Of(text)));

        Assert.Equal(("INVALID_VIEW", ErrorKind.Invalid), (failure.Code, failure.Kind));
        Assert.Contains("'default.v'", failure.Message, StringComparison.Ordinal);
    }

    private static Table Of(string text) => new()
    {
        Name = new TableName("default", "v"),
        TableType = "VIRTUAL_VIEW",
        ViewOriginalText = text,
    };
}
