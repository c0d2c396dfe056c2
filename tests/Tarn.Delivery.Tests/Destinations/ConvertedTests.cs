using Microsoft.Extensions.Time.Testing;
using Tarn.Catalog.Tables;
using Tarn.DuckDb;
using Tarn.Formats.Compression;
using Tarn.Formats.SerDes;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Testing;

namespace Tarn.Delivery.Tests.Destinations;

/// <summary>Batches that become Parquet.</summary>
public sealed class ConvertedTests : IDisposable
{
    private const string Name = "scores-to-lake";

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = DeliveryLake.NewTime();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("none", 0)]
    [InlineData("put:before:s3://lake/raw/scores/", 1)]
    [InlineData("put:after:s3://lake/raw/scores/", 1)]
    [InlineData("apply:before:delivery-checkpoint/", 2)]
    public async Task Rows_StoppedAtEachStep_AreThereOnceWithTheirPartition(string point, int occurrence)
    {
        var met = 0;
        var faults = Faults.StopAt(at => at.StartsWith(point, StringComparison.Ordinal) && ++met == occurrence);
        await using (var lake = await CreateAsync(faults))
        {
            await lake.AppendAsync("""{"n":1,"new":true}""", """{"n":"x"}""", """{"n":2}""", "broken");
            var flush = lake.Delivery.FlushAsync(Name, default);
            await (occurrence == 0 ? flush : faults.Hit);
            await lake.DisposeAsync();
            await Record.ExceptionAsync(() => flush);
        }

        await using var again = await DeliveryLake.OpenAsync(_directory.Path, _time, Faults.None);
        await again.FlushAsync();

        var key = Assert.Single(await again.KeysAsync("raw/scores/"));
        Assert.EndsWith(".parquet", key, StringComparison.Ordinal);
        Assert.Equal([1L, 2L], await RowsAsync(again, key));
        Assert.Equal(2, (await again.LinesAsync("raw/errors/scores/format-conversion-failed/")).Count);
        await again.ExpectPartitionsToEqualFoldersAsync();
        var status = (await again.Delivery.FindAsync(Name, default))!;
        Assert.Equal((2, 1, 2), (status.Records, status.Objects, status.BadRecords));
        Assert.Equal(["new"], status.SuggestedColumns.Keys);
    }

    [Fact]
    public async Task Put_CompressionBesideAConversion_IsRefused()
    {
        await using var lake = await CreateAsync(Faults.None);
        var objects = Converted();

        var failure = await Assert.ThrowsAsync<TarnException>(() => lake.Delivery.PutAsync(
            DeliveryLake.Spec with
            {
                Destination = objects with { Output = objects.Output with { Compression = CompressionFormat.Gzip } },
            },
            default));

        Assert.Contains("compression", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_OfTheTableThatIsPinned_HoldsDeliveryWhenTheTableChanges()
    {
        await using var lake = await CreateAsync(Faults.None);
        var table = (await lake.Catalog.FindTableAsync(DeliveryLake.Scores, default))!;
        var pinned = Converted() with
        {
            Conversion = new FormatConversion
            {
                Database = "raw",
                Table = "scores",
                VersionId = table.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
            },
        };
        await lake.Delivery.PutAsync(DeliveryLake.Spec with { Destination = pinned }, default);
        await lake.Catalog.UpdateTableAsync(table with { Description = "changed" }, default);

        await lake.AppendAsync("""{"n":1}""");
        var flush = lake.Delivery.FlushAsync(Name, default);
        await lake.UntilAsync(status => status.LastError is not null);

        var waiting = (await lake.Delivery.FindAsync(Name, default))!;
        Assert.Contains("is not there", waiting.LastError, StringComparison.Ordinal);
        await lake.Delivery.PutAsync(DeliveryLake.Spec with { Destination = Converted() }, default);
        await Record.ExceptionAsync(() => flush);
        await lake.FlushAsync();
        Assert.Equal(1, (await lake.Delivery.FindAsync(Name, default))!.Records);
    }

    private static ObjectDestination Converted()
    {
        var lake = (ObjectDestination)DeliveryLake.Spec.Destination;
        return lake with
        {
            Form = RecordForm.Raw,
            Output = lake.Output with { Compression = CompressionFormat.None },
            Conversion = new FormatConversion { Database = "raw", Table = "scores" },
        };
    }

    private static async Task<IReadOnlyList<object?>> RowsAsync(DeliveryLake lake, string key)
    {
        using var file = await lake.Store.OpenLocalAsync(new ObjectKey("lake", key), default);
        using var directory = new TempDirectory();
        using var duckDb = DuckDbInstance.Open(new DuckDbOptions
        {
            AllowedDirectories = [.. lake.Store.LocalDirectories],
            TempDirectory = directory.Path,
            MemoryBytesMax = 64L << 20,
        });
        using var session = duckDb.OpenSession();
        using var result = await session.QueryAsync($"SELECT n FROM read_parquet('{file!.Path}')", default);
        var rows = new List<object?>();
        while (result.Read())
        {
            rows.Add(result.GetValue(0));
        }

        return rows;
    }

    private async Task<DeliveryLake> CreateAsync(Faults faults)
    {
        var lake = await DeliveryLake.CreateAsync(_directory.Path, _time, faults);
        var scores = DeliveryLake.ScoresTable();
        await lake.Catalog.UpdateTableAsync(
            scores with { Storage = scores.Storage with { SerDe = SerDeNames.Parquet } }, default);
        await lake.Delivery.PutAsync(DeliveryLake.Spec with { Destination = Converted() }, default);
        return lake;
    }
}
