using System.IO.Compression;
using System.Text;
using Tarn.Query.Previews;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Query.Tests.Previews;

public sealed class ObjectPreviewsTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Read_OfParquet_ShowsSchemaAndFirstRows()
    {
        await using var lake = await QueryLake.OpenAsync(_directory.Path);
        await SampleTables.CreateAsync(lake);
        var page = await lake.Objects.ListAsync("lake", new ObjectListing(), None);
        var key = page.Objects.Single(found => found.Key.Key.EndsWith("g1.parquet", StringComparison.Ordinal)).Key;

        var rows = Assert.IsType<ObjectPreview.Rows>(await lake.Previews.ReadAsync(key, None));

        Assert.Equal([("ID", "BIGINT"), ("name", "VARCHAR"), ("price", "DECIMAL(10,2)")], Schema(rows));
        Assert.Equal(["1", "chess", "9.50"], Assert.Single(rows.Values));
        Assert.False(rows.IsCut);
    }

    [Fact]
    public async Task Read_OfGzipCsvWithManyRows_ShowsTheFirstAsText()
    {
        await using var lake = await QueryLake.OpenAsync(_directory.Path);
        var lines = Enumerable.Range(1, 500).Select(i => $"{i},\"a, {i}\"");
        await PutAsync(lake, "x.csv.gz", Gzip("id,name\n" + string.Join('\n', lines) + "\n"));

        var rows = Assert.IsType<ObjectPreview.Rows>(await lake.Previews.ReadAsync(Key("x.csv.gz"), None));

        Assert.Equal([("id", "VARCHAR"), ("name", "VARCHAR")], Schema(rows));
        Assert.Equal(["1", "a, 1"], rows.Values[0]);
        Assert.Equal(ObjectPreviews.RowsMax, rows.Values.Count);
        Assert.True(rows.IsCut);
    }

    [Fact]
    public async Task Read_OfJsonLinesThatWouldUnpackToMuch_ShowsTheirBeginningOnly()
    {
        await using var lake = await QueryLake.OpenAsync(_directory.Path);
        await PutAsync(lake, "bomb.json.gz", Gzip("{\"a\":\"" + new string('ä', 20_000_000) + "\"}\n"));

        var text = Assert.IsType<ObjectPreview.Text>(await lake.Previews.ReadAsync(Key("bomb.json.gz"), None));

        Assert.StartsWith("{\"a\":\"ää", text.Lines, StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetByteCount(text.Lines);
        Assert.InRange(bytes, ObjectPreviews.TextBytesMax - 3, ObjectPreviews.TextBytesMax);
        Assert.True(text.IsCut);
    }

    [Theory]
    [InlineData("image.bin", "no text")]
    [InlineData("broken.json.gz", "does not hold what its name says")]
    [InlineData("twice.parquet.gz", "inside another compression")]
    public async Task Read_OfWhatCannotBeShown_SaysWhy(string key, string reason)
    {
        await using var lake = await QueryLake.OpenAsync(_directory.Path);
        await PutAsync(lake, key, [0, 255, 1, 2]);

        var none = Assert.IsType<ObjectPreview.None>(await lake.Previews.ReadAsync(Key(key), None));

        Assert.Contains(reason, none.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OfNoObject_IsNull()
    {
        await using var lake = await QueryLake.OpenAsync(_directory.Path);

        Assert.Null(await lake.Previews.ReadAsync(Key("none.parquet"), None));
        Assert.Null(await lake.Previews.ReadAsync(Key("none.txt"), None));
    }

    [Fact]
    public async Task Read_OfCsvThatIsNotUtf8_SaysSo()
    {
        await using var lake = await QueryLake.OpenAsync(_directory.Path);
        await PutAsync(lake, "latin.csv", Encoding.Latin1.GetBytes("id,name\n1,caf\u00e9\n"));

        var none = Assert.IsType<ObjectPreview.None>(await lake.Previews.ReadAsync(Key("latin.csv"), None));

        Assert.Contains("no text", none.Reason, StringComparison.Ordinal);
    }

    private static ObjectKey Key(string key) => new("lake", key);

    private static IEnumerable<(string, string)> Schema(ObjectPreview.Rows rows) =>
        rows.Columns.Select(column => (column.Name, column.Type));

    private static Task<ObjectInfo> PutAsync(QueryLake lake, string key, byte[] bytes) =>
        lake.Objects.PutAsync(Key(key), new MemoryStream(bytes), ObjectAttributes.None, None);

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
