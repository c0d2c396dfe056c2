using System.Text;
using Avro;
using Avro.Generic;
using Tarn.Query.Tests.Binding.Avro;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Query.Tests.Writing;

/// <summary>Avro files as Tarn writes them, read by Apache's library and by Tarn.</summary>
public sealed class AvroWritingTests
{
    private const string Rows = """
        SELECT CAST(n AS integer) AS i, CAST(n AS bigint) * 4000000000 AS l, n % 2 = 0 AS b, CAST(n AS real) / 3 AS f,
            CAST(n AS double) / 3 AS d, IF(n = 2, NULL, concat('é ', CAST(n AS varchar))) AS s,
            X'00ff' AS x, CAST(n AS decimal(10,2)) - DECIMAL '3.07' AS m,
            DECIMAL '-1234567890123456789012345678.9012' AS w, DATE '1969-12-31' AS day,
            TIMESTAMP '2026-11-23 10:00:00.123' AS at, ARRAY[n, NULL] AS a, MAP(ARRAY['k'], ARRAY[n]) AS p,
            CAST(ROW(n, 'in') AS ROW(number bigint, text varchar)) AS r
        FROM UNNEST(ARRAY[BIGINT '1', 2, 3]) AS t (n)
        """;

    [Fact]
    public async Task CreateTableAs_EveryType_IsReadByTheLibrary()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);

        var created = await lake.ReadAsync(
            $"CREATE TABLE t WITH (format = 'AVRO', external_location = 's3://lake/t/') AS {Rows}");
        var read = AvroLibrary.Read(await OnlyFileAsync(lake, "t/"));

        Assert.Equal("", created);
        Assert.Equal([1, 2, 3], read.Select(row => row["i"]));
        Assert.Equal([4000000000L, 8000000000L, 12000000000L], read.Select(row => row["l"]));
        Assert.Equal([false, true, false], read.Select(row => row["b"]));
        Assert.Equal([1f / 3, 2f / 3, 1f], read.Select(row => row["f"]));
        Assert.Equal([1d / 3, 2d / 3, 1d], read.Select(row => row["d"]));
        Assert.Equal(["é 1", null, "é 3"], read.Select(row => row["s"]));
        Assert.Equal(new byte[] { 0, 255 }, read[0]["x"]);
        Assert.Equal(
            [-2.07m, -1.07m, -0.07m], read.Select(row => AvroDecimal.ToDecimal((AvroDecimal)row["m"]!)));
        Assert.Equal("-1234567890123456789012345678.9012", read[0]["w"]!.ToString());
        Assert.Equal(new DateTime(1969, 12, 31), read[0]["day"]);
        Assert.Equal(new DateTime(2026, 11, 23, 10, 0, 0, 123, DateTimeKind.Utc), read[0]["at"]);
        Assert.Equal([3L, null], (IEnumerable<object?>)read[2]["a"]!);
        Assert.Equal(2L, ((IDictionary<string, object>)read[1]["p"]!)["k"]);
        Assert.Equal((1L, "in"), (((GenericRecord)read[0]["r"]!)["number"], ((GenericRecord)read[0]["r"]!)["text"]));
    }

    [Fact]
    public async Task CreateTableAs_EveryType_ComesBackAsItWas()
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);

        await lake.ReadAsync($"CREATE TABLE t WITH (format = 'AVRO') AS {Rows}");
        await lake.ReadAsync("INSERT INTO t SELECT * FROM t WHERE i = 3");

        Assert.Equal(
            await lake.ReadAsync($"SELECT * FROM ({Rows}) UNION ALL SELECT * FROM ({Rows}) WHERE i = 3 ORDER BY i"),
            await lake.ReadAsync("SELECT * FROM t ORDER BY i"));
    }

    [Theory]
    [InlineData("NONE", "null")]
    [InlineData("GZIP", "deflate")]
    [InlineData("DEFLATE", "deflate")]
    [InlineData("ZSTD", "zstandard")]
    public async Task Unload_EveryCodec_IsReadByTheLibrary(string compression, string codec)
    {
        using var directory = new TempDirectory();
        await using var lake = await QueryLake.OpenAsync(directory.Path);

        await lake.ReadAsync(
            "UNLOAD (SELECT x AS id FROM UNNEST(sequence(1, 10000)) AS t (x)) TO 's3://lake/u/' "
            + $"WITH (format = 'AVRO', compression = '{compression}')");
        var file = await OnlyFileAsync(lake, "u/");

        Assert.Contains(codec, Encoding.Latin1.GetString(file.AsSpan(0, 300)), StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(1, 10000).Select(id => (long)id),
            AvroLibrary.Read(file).Select(row => (long)row["id"]!).Order());
    }

    private static async Task<byte[]> OnlyFileAsync(QueryLake lake, string prefix)
    {
        var page = await lake.Objects.ListAsync("lake", new ObjectListing { Prefix = prefix }, CancellationToken.None);
        var key = Assert.Single(page.Objects).Key;
        await using var content = await lake.Objects.OpenAsync(key, null, CancellationToken.None);
        using var bytes = new MemoryStream();
        await content!.Body.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
